// Values that nothing declares (registry.md 5.6).
#include <algorithm>

#include "base/text.h"
#include "resolve/expand.h"

namespace stepreg::resolve {

namespace {

constexpr int kMaxChainDepth = 64;

bool declares(const Step& step, std::string_view variable, bool as_dependency) {
  if (as_dependency) {
    return std::any_of(step.dependencies.begin(), step.dependencies.end(),
                       [&](const auto& d) { return *d->env == variable; });
  }
  return std::any_of(step.env.begin(), step.env.end(),
                     [&](const auto& p) { return *p->name == variable; });
}

}  // namespace

bool Expander::declared_in(const ObjectList<StepEntry>& entries, std::string_view variable,
                           bool as_dependency, int depth) const {
  if (depth > kMaxChainDepth) return false;
  for (const Located<StepEntry>& entry : entries) {
    if (entry->chain.present()) {
      const ChainComponent* chain = registry_.chains.find(*entry->chain);
      if (chain && declared_in(chain->definition.steps, variable, as_dependency, depth + 1))
        return true;
      continue;
    }
    const StepComponent* component = entry->ref ? registry_.steps.find(*entry->ref) : nullptr;
    const Step& step = component ? component->definition.step : entry->literal;
    if (declares(step, variable, as_dependency)) return true;
  }
  return false;
}

bool Expander::declared_in_replaced(std::string_view variable, bool as_dependency) const {
  for (const Merged::PhaseList& phase : test_.merged.phases) {
    if (phase.replaced != nullptr && declared_in(*phase.replaced, variable, as_dependency, 0))
      return true;
  }
  return false;
}

void Expander::report_unused_value(const Merged::Value& value, RuleId id, bool as_dependency) {
  const std::string_view name = *value.entry->key;
  if (declared_in_replaced(name, as_dependency)) return;
  test_.failed = true;
  if (value.kind == Source::Kind::workflow) return;  // SR401 or SR404 says so at the workflow
  std::vector<std::string_view> declared;
  for (const ResolvedStep& step : test_.steps) {
    for (const Resolved& each : as_dependency ? step.dependencies : step.env) {
      declared.push_back(*each.name);
    }
  }
  const std::string_view guess = best_guess(name, declared);
  Diagnostic& finding =
      sink_.add(id, value.entry->key.place,
                quoted(name) + " is set here, but no step of the test declares it");
  finding.component = id_;
  finding.subject = std::string(name);
  if (guess.empty()) return;
  finding.hint = "did you mean " + quoted(guess) + "?";
  for (const ResolvedStep& step : test_.steps) {
    for (const Resolved& each : as_dependency ? step.dependencies : step.env) {
      if (*each.name != guess) continue;
      finding.notes.push_back(
          {Location::of(each.name.place), "declared by the step " + quoted(*step.step->as)});
      return;
    }
  }
}

void Expander::report_unused() {
  for (const Merged::Value& value : test_.merged.env) {
    if (!used_env_.contains(*value.entry->key)) report_unused_value(value, rule("SR403"), false);
  }
  for (const Merged::Value& value : test_.merged.dependencies) {
    if (!used_dependencies_.contains(*value.entry->key)) {
      report_unused_value(value, rule("SR405"), true);
    }
  }
}

}  // namespace stepreg::resolve
