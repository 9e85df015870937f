// Values that nothing declares (registry.md 5.6).
#include <algorithm>

#include "base/text.h"
#include "diag/edit.h"
#include "resolve/expand.h"

namespace stepreg::resolve {

namespace {

bool declares(const Step& step, std::string_view variable, bool as_dependency) {
  if (as_dependency) {
    return std::any_of(step.dependencies.begin(), step.dependencies.end(),
                       [&](const auto& d) { return *d->env == variable; });
  }
  return std::any_of(step.env.begin(), step.env.end(),
                     [&](const auto& p) { return *p->name == variable; });
}

// A variable that something of the test declares.
struct Declared {
  Text name;
  std::string who;  // "the step `x`"
};

std::vector<Declared> declared_in_test(const ResolvedTest& test, bool as_dependency) {
  std::vector<Declared> all;
  for (const ResolvedStep& step : test.steps) {
    for (const Resolved& each : as_dependency ? step.dependencies : step.env) {
      all.push_back({each.name, "the step " + in_quotes(*step.step->as)});
    }
  }
  if (as_dependency) return all;
  for (const ResolvedObserver& observer : test.observers) {
    for (const Resolved& each : observer.env) {
      all.push_back({each.name, "the observer " + in_quotes(observer.component->name)});
    }
  }
  return all;
}

}  // namespace

bool Expander::declared_in(const ObjectList<StepEntry>& entries, std::string_view variable,
                           bool as_dependency, std::size_t depth) const {
  if (depth > kMaxChainDepth) return false;
  for (const Located<StepEntry>& entry : entries) {
    if (entry->chain.present()) {
      const ChainComponent* chain = registry_.chains.find(*entry->chain);
      if (chain && declared_in(chain->definition.steps, variable, as_dependency, depth + 1))
        return true;
      continue;
    }
    const StepComponent* component = entry->ref ? registry_.steps.find(*entry->ref) : nullptr;
    const Step& step = component ? component->definition.step : *entry->literal;
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
  std::vector<Declared> declared = declared_in_test(test_, as_dependency);
  // What is set already cannot be meant.
  const auto& used = as_dependency ? used_dependencies_ : used_env_;
  std::erase_if(declared, [&](const Declared& each) { return used.contains(*each.name); });
  std::vector<std::string_view> names;
  for (const Declared& each : declared) names.push_back(*each.name);
  Diagnostic& finding =
      sink_.add(id, value.entry->key.place,
                in_quotes(name) + " is set here, but no step" +
                    (as_dependency ? "" : " and no observer") + " of the test declares it");
  finding.component = id_;
  finding.subject = std::string(name);
  const std::string_view guess = suggest(finding, value.entry->key.place, name, names);
  if (guess.empty()) return;
  const auto meant = std::find_if(declared.begin(), declared.end(),
                                  [&](const Declared& each) { return *each.name == guess; });
  finding.notes.push_back({Location::of(meant->name.place), "declared by " + meant->who});
}

void Expander::report_unused() {
  if (test_.incomplete) return;
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
