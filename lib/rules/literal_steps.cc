// Steps and entries that a configuration writes in place (registry.md 4.6 to 4.8, point U).
#include <map>

#include "base/text.h"
#include "rules/dependency_sources.h"
#include "rules/image_names.h"
#include "rules/step_rules.h"

namespace stepreg::rules {

namespace {

using plan::Phase;

// One test under examination; remembers what its entries have used so far.
class LiteralCheck {
 public:
  LiteralCheck(const load::LoadedConfig& loaded, const Located<TestEntry>& test, Sink& sink)
      : config_(loaded.config), test_(test), id_(loaded.test_id(*test->as)), sink_(sink) {}

  void check_steps(const MultiStage& settings);
  void check_literal(const LiteralMultiStage& settings);

 private:
  struct Seen {
    Place place;
    Phase phase;
    bool is_chain;
  };

  template <class Settings>
  void check_settings(const Settings& settings);
  void check_entries(const ObjectList<StepEntry>& entries, Phase phase, const MultiStage& settings);
  bool check_form(const Located<StepEntry>& entry);
  // `resolved`: the resolver sees the entry as well.
  void note_name(const Text& name, Place place, Phase phase, const char* what,
                 bool resolved = true);
  template <class Settings>
  void check_in_place(const Step& step, Place entry, Phase phase, const Settings& settings);
  void check_leases(const ObjectList<LeaseRequest>& leases);
  void check_required(const Step& step, const TextMap& env, const StepContext& context);
  template <class Settings>
  void check_sources(const Step& step, const Settings& settings, const StepContext& context);
  StepContext context_of(const Step& step, Place entry) const;
  StepContext context_of_test() const;

  const Config& config_;
  const Located<TestEntry>& test_;
  const std::string id_;
  Sink& sink_;
  std::map<std::string_view, Seen> names_;
  std::map<std::string_view, Place> lease_variables_;
};

StepContext LiteralCheck::context_of(const Step& step, Place entry) const {
  StepContext context = context_in_place(step, entry, id_, sink_);
  context.config = &config_;
  context.claim_release = release_of_claim(*test_);
  return context;
}

StepContext LiteralCheck::context_of_test() const {
  const Place place = test_->as ? test_->as.place : test_.place;
  return {sink_, id_, "the test " + in_quotes(*test_->as), "", place, &config_, {}, true};
}

// False when the entry is not exactly one thing and says nothing more.
bool LiteralCheck::check_form(const Located<StepEntry>& entry) {
  const StepContext context = context_of_test();
  const bool literal = entry->first_step_field.present();
  const int forms = int{entry->ref.present()} + int{entry->chain.present()} + int{literal};
  if (forms == 1) return true;
  if (forms == 0) {
    context
        .add(rule("SR319"), entry.place, "steps",
             "an entry names no step and no chain, and is no step")
        .hint = "write `ref: NAME`, `chain: NAME`, or a whole step";
    return false;
  }
  const Text& name = entry->chain ? entry->chain : entry->ref;
  Diagnostic& finding = context.add(rule("SR318"), name.place, std::string(*name),
                                    literal ? "the entry has both " +
                                                  std::string(entry->chain ? "`chain`" : "`ref`") +
                                                  " and " + in_quotes(*entry->first_step_field)
                                            : "the entry has both `ref` and `chain`");
  finding.hint = literal ? "set the field in the component itself, or write the whole step here"
                         : "make two entries of it";
  return false;
}

void LiteralCheck::note_name(const Text& name, Place place, Phase phase, const char* what,
                             bool resolved) {
  const bool is_chain = std::string_view(what) == "chain";
  const auto [earlier, is_new] = names_.emplace(*name, Seen{place, phase, is_chain});
  if (is_new) return;
  // Two steps within one phase: the resolver reports them (SR315).
  if (resolved && earlier->second.phase == phase && !is_chain && !earlier->second.is_chain) return;
  Diagnostic& finding = context_of_test().add(rule("SR317"), place, std::string(*name),
                                              "the " + std::string(what) + " " + in_quotes(*name) +
                                                  " is the second entry of that name in the test");
  finding.notes.push_back({Location::of(earlier->second.place), "the first one is here"});
}

void LiteralCheck::check_leases(const ObjectList<LeaseRequest>& leases) {
  for (const Located<LeaseRequest>& lease : leases) {
    const Text& variable = lease->env;
    if (variable->empty()) continue;
    const auto [earlier, is_new] = lease_variables_.emplace(*variable, variable.place);
    if (is_new) continue;
    Diagnostic& finding = context_of_test().add(
        rule("SR235"), variable.place, std::string(*variable),
        "a second lease of the test uses the variable " + in_quotes(*variable));
    finding.notes.push_back({Location::of(earlier->second), "the first one is here"});
  }
}

void LiteralCheck::check_required(const Step& step, const TextMap& env,
                                  const StepContext& context) {
  if (!env || !sink_.wants(rule("SR408"))) return;
  for (const Located<Parameter>& parameter : step.env) {
    if (parameter->default_value || find_entry(env, *parameter->name)) continue;
    context.add(rule("SR408"), parameter->name.place, "env." + std::string(*parameter->name),
                context.who + " needs the parameter " + in_quotes(*parameter->name) +
                    ", and `env` of the test does not set it");
  }
}

template <class Settings>
void LiteralCheck::check_sources(const Step& step, const Settings& settings,
                                 const StepContext& context) {
  for (std::size_t i = 0; i < step.dependencies.size(); ++i) {
    const StepDependency& dependency = *step.dependencies[i];
    if (dependency.name->empty() || split(*dependency.name, ':').size() > 2) continue;
    SourceProblem problem{rule("SR420"), {}, {}};
    const bool overridden = find_entry(settings.dependency_overrides, *dependency.env) != nullptr;
    if (!find_source_problem(config_, *test_, *dependency.name, overridden, problem)) continue;
    context
        .add(problem.rule, dependency.name.place, "dependencies." + std::string(*dependency.env),
             "the dependency " + in_quotes(*dependency.env) + " of " + context.who + " " +
                 problem.text)
        .hint = problem.hint;
  }
}

template <class Settings>
void LiteralCheck::check_in_place(const Step& step, Place entry, Phase phase,
                                  const Settings& settings) {
  const StepContext context = context_of(step, entry);
  check_step(step, *step.commands, context);
  check_trap_in_place(step, context);
  if (step.optional_on_success && phase != Phase::post) {
    context
        .add(rule("SR236"), step.optional_on_success.place, "optional_on_success",
             context.who + " has `optional_on_success` and stands in `" +
                 std::string(plan::phase_name(phase)) + "`")
        .hint = "remove the field; only steps of `post` can be skipped";
  }
  check_leases(step.leases);
  check_required(step, settings.env, context);
  check_sources(step, settings, context);
}

void LiteralCheck::check_entries(const ObjectList<StepEntry>& entries, Phase phase,
                                 const MultiStage& settings) {
  for (const Located<StepEntry>& entry : entries) {
    if (!check_form(entry)) continue;
    const Text& reference = entry->chain ? entry->chain : entry->ref;
    if (!reference) {
      if (!entry->literal->as->empty()) {
        note_name(entry->literal->as, entry->literal->as.place, phase, "step");
      }
      check_in_place(*entry->literal, entry.place, phase, settings);
    } else if (reference->empty()) {
      context_of_test().add(
          rule("SR320"), reference.place, entry->chain ? "chain" : "ref",
          entry->chain ? "the name of the chain is empty" : "the name of the step is empty");
    } else {
      note_name(reference, reference.place, phase, entry->chain ? "chain" : "step");
    }
  }
}

template <class Settings>
void LiteralCheck::check_settings(const Settings& settings) {
  const StepContext context = context_of_test();
  check_architecture(settings.node_architecture, "node_architecture", context);
  check_architecture_overrides(settings.node_architecture_overrides, context);
  check_lease_fields(settings.leases, context);
  check_leases(settings.leases);
}

void LiteralCheck::check_steps(const MultiStage& settings) {
  check_settings(settings);
  check_entries(settings.pre, Phase::pre, settings);
  check_entries(settings.test, Phase::test, settings);
  check_entries(settings.post, Phase::post, settings);
}

void LiteralCheck::check_literal(const LiteralMultiStage& settings) {
  check_settings(settings);
  const std::pair<Phase, const ObjectList<Step>*> phases[] = {
      {Phase::pre, &settings.pre}, {Phase::test, &settings.test}, {Phase::post, &settings.post}};
  for (const auto& [phase, steps] : phases) {
    for (const Located<Step>& step : *steps) {
      if (!step->as->empty()) note_name(step->as, step->as.place, phase, "step", false);
      check_in_place(*step, step.place, phase, settings);
    }
  }
}

}  // namespace

void check_literal_steps(const load::LoadedConfig& loaded, Sink& sink) {
  for (const Located<TestEntry>& test : loaded.config.tests) {
    LiteralCheck check(loaded, test, sink);
    if (test->steps) check.check_steps(*test->steps);
    if (test->literal_steps) check.check_literal(*test->literal_steps);
  }
}

}  // namespace stepreg::rules
