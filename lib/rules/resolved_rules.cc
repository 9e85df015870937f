#include <algorithm>
#include <array>
#include <cstddef>
#include <memory_resource>
#include <unordered_map>

#include "base/text.h"
#include "diag/edit.h"
#include "resolve/resolver.h"
#include "rules/cleanup_rules.h"
#include "rules/image_names.h"
#include "rules/limit_rules.h"
#include "rules/step_rules.h"
#include "rules/test_rules.h"
#include "rules/value_rules.h"

namespace stepreg::rules {

namespace {

using resolve::PathNode;
using resolve::ResolvedStep;
using resolve::ResolvedTest;
using SourceKind = resolve::Source::Kind;
using plan::Phase;

const PathNode* outermost(const ResolvedTest& test, const ResolvedStep& step) {
  if (step.path == resolve::kNoPath) return nullptr;
  std::uint32_t at = step.path;
  while (test.paths[at].parent != resolve::kNoPath) at = test.paths[at].parent;
  return &test.paths[at];
}

// One test, or a workflow alone.
class ResolvedCheck {
 public:
  // `within_workflow`: report also what lies entirely within the workflow.
  ResolvedCheck(const ResolvedTest& test, std::string id, bool within_workflow, Sink& sink)
      : test_(test), id_(std::move(id)), within_workflow_(within_workflow), sink_(sink) {}

  void check_phases();
  void check_optional();
  void check_leases();
  void check_in_place(const Config& config);
  void check_settings_of_workflow();
  void check_flags();
  void check_selection(const Registry& registry);

 private:
  struct LeaseUse {
    Place place;
    const ResolvedStep* step;  // null: of the list of workflow or test
    SourceKind kind;
  };

  bool skips(const ResolvedStep& step) const {
    return !within_workflow_ && is_from_workflow(test_, step);
  }
  bool is_of_test(const LeaseUse& use) const {
    return use.step ? is_direct(*use.step) && use.step->component == nullptr
                    : use.kind == SourceKind::test;
  }
  bool is_of_workflow(const LeaseUse& use) const {
    return use.step ? is_from_workflow(test_, *use.step) : use.kind == SourceKind::workflow;
  }
  Diagnostic& add(RuleId id, const ResolvedStep& step, std::string subject, std::string message);
  void check_lease(const Text& variable, LeaseUse use);
  void report_without_effect(RuleId id, const std::vector<const ResolvedStep*>& steps,
                             const char* field, const char* flag);

  const ResolvedTest& test_;
  const std::string id_;
  const bool within_workflow_;
  Sink& sink_;
  std::unordered_map<std::string_view, LeaseUse> lease_uses_;
};

// A finding at the place where the test brings in the step.
Diagnostic& ResolvedCheck::add(RuleId id, const ResolvedStep& step, std::string subject,
                               std::string message) {
  const Place place = place_in_test(test_, step);
  Diagnostic& finding = sink_.add(id, place, std::move(message));
  finding.component = id_;
  finding.subject = std::move(subject);
  finding.way = way_to(test_, step);
  if (place.file != step.entry.file || place.offset != step.entry.offset) {
    finding.notes.push_back({Location::of(step.entry), "the step is named here"});
  }
  return finding;
}

void ResolvedCheck::check_phases() {
  std::array<std::byte, 4096> buffer;
  std::pmr::monotonic_buffer_resource memory(buffer.data(), buffer.size());
  std::pmr::unordered_map<std::string_view, const ResolvedStep*> seen(&memory);
  seen.reserve(test_.steps.size());
  for (const ResolvedStep& step : test_.steps) {
    const auto [earlier, is_new] = seen.emplace(*step.step->as, &step);
    if (is_new || earlier->second->phase == step.phase) continue;
    const ResolvedStep& other = *earlier->second;
    if (is_direct(step) && is_direct(other)) continue;  // SR317 says so
    if (skips(step) && skips(other)) continue;
    Diagnostic& finding = add(rule("SR316"), step, std::string(*step.step->as),
                              "the step " + in_quotes(*step.step->as) + " occurs in `" +
                                  std::string(plan::phase_name(other.phase)) + "` and in `" +
                                  std::string(plan::phase_name(step.phase)) + "`");
    const std::vector<std::string> way = way_to(test_, other);
    finding.notes.push_back(
        {Location::of(place_in_test(test_, other)), "the first one is here: " + join(way, " > ")});
  }
}

void ResolvedCheck::check_optional() {
  for (const ResolvedStep& step : test_.steps) {
    if (!step.step->optional_on_success || step.phase == Phase::post) continue;
    if (skips(step) || (is_direct(step) && step.component == nullptr)) continue;
    Diagnostic& finding =
        add(rule("SR236"), step, std::string(*step.step->as),
            "the step " + in_quotes(*step.step->as) + " has `optional_on_success` and stands in `" +
                std::string(plan::phase_name(step.phase)) + "`");
    finding.hint = "only steps of `post` can be skipped";
    finding.notes.push_back(
        {Location::of(step.step->optional_on_success.place), "the field is here"});
  }
}

void ResolvedCheck::check_lease(const Text& variable, LeaseUse use) {
  if (variable->empty()) return;
  const auto [earlier, is_new] = lease_uses_.emplace(*variable, use);
  if (is_new) return;
  const LeaseUse& other = earlier->second;
  if (is_of_test(use) && is_of_test(other)) return;  // reported where the test is written
  if (!within_workflow_ && is_of_workflow(use) && is_of_workflow(other)) return;
  const std::string message = "a second lease of the " +
                              std::string(test_.entry->steps ? "test" : "workflow") +
                              " uses the variable " + in_quotes(*variable);
  Diagnostic& finding = use.step ? add(rule("SR235"), *use.step, std::string(*variable), message)
                                 : sink_.add(rule("SR235"), use.place, message);
  finding.component = id_;
  finding.subject = std::string(*variable);
  if (use.step) finding.notes.push_back({Location::of(use.place), "the lease is here"});
  finding.notes.push_back({Location::of(other.place), "the first one is here"});
}

void ResolvedCheck::check_leases() {
  for (const auto& [lease, kind] : test_.merged.leases) {
    check_lease(lease->env, {lease->env.place, nullptr, kind});
  }
  for (const ResolvedStep& step : test_.steps) {
    for (const Located<LeaseRequest>& lease : step.step->leases) {
      check_lease(lease->env, {lease->env.place, &step, SourceKind::step});
    }
  }
}

// Steps written in place in chains and workflows: their images depend on the configuration.
// ci-operator sees them here for the first time.
void ResolvedCheck::check_in_place(const Config& config) {
  for (const ResolvedStep& step : test_.steps) {
    if (step.component != nullptr || is_direct(step)) continue;
    StepContext context = context_in_place(*step.step, step.entry, id_, sink_);
    context.config = &config;
    context.claim_release = release_of_claim(*test_.entry);
    if (sink_.profile() == Profile::ci_operator) {
      check_step(*step.step, *step.step->commands, context);
    } else {
      check_image_stream(step.step->from, context);
    }
  }
}

// Settings that reach the test from outside of its `steps`; ci-operator sees them here for the
// first time.
void ResolvedCheck::check_settings_of_workflow() {
  const StepContext context{
      sink_, id_, "the test " + in_quotes(test_.name), "", test_.entry->as.place, nullptr,
      {},    true};
  if (!test_.entry->steps->node_architecture) {
    check_architecture(test_.merged.node_architecture, "node_architecture", context);
  }
  if (test_.workflow == nullptr) return;
  check_lease_fields(test_.workflow->definition.steps->leases, context);
}

void ResolvedCheck::report_without_effect(RuleId id, const std::vector<const ResolvedStep*>& steps,
                                          const char* field, const char* flag) {
  if (steps.empty()) return;
  const std::string name = in_quotes(*steps.front()->step->as);
  Diagnostic& finding =
      add(id, *steps.front(), field,
          steps.size() == 1 ? "`" + std::string(field) + "` of the step " + name + " has no effect"
                            : "`" + std::string(field) + "` of " + counted(steps.size(), "step") +
                                  ", the first being " + name + ", has no effect");
  finding.hint = "add `" + std::string(flag) + ": true` to the test or its workflow";
}

void ResolvedCheck::check_flags() {
  if (!sink_.wants(rule("SR443")) && !sink_.wants(rule("SR444")) && !sink_.wants(rule("SR445"))) {
    return;
  }
  std::vector<const ResolvedStep*> best_effort, optional;
  for (const ResolvedStep& step : test_.steps) {
    if (is_true(step.step->best_effort)) {
      best_effort.push_back(&step);
      if (step.phase != Phase::post) {
        add(rule("SR444"), step, std::string(*step.step->as),
            "the step " + in_quotes(*step.step->as) + " is `best_effort` and stands in `" +
                std::string(plan::phase_name(step.phase)) + "`");
      }
    }
    if (is_true(step.step->optional_on_success) && step.phase == Phase::post) {
      optional.push_back(&step);
    }
  }
  if (!is_true(test_.merged.allow_best_effort_post_steps)) {
    report_without_effect(rule("SR443"), best_effort, "best_effort",
                          "allow_best_effort_post_steps");
  }
  if (!is_true(test_.merged.allow_skip_on_success)) {
    report_without_effect(rule("SR445"), optional, "optional_on_success", "allow_skip_on_success");
  }
}

// Names in the test that select nothing.
void ResolvedCheck::check_selection(const Registry& registry) {
  const MultiStage& settings = *test_.entry->steps;
  for (const Text& name : settings.observers->disable) {
    if (registry.observers.find(*name) != nullptr) continue;
    Diagnostic& finding = sink_.add(rule("SR322"), name.place,
                                    "the observer " + in_quotes(*name) + " does not exist");
    finding.component = id_;
    finding.subject = std::string(*name);
  }
  if (test_.failed || settings.node_architecture_overrides.empty()) return;
  std::vector<std::string_view> names;
  for (const ResolvedStep& step : test_.steps) names.push_back(*step.step->as);
  for (const Entry<Text>& entry : settings.node_architecture_overrides) {
    if (std::find(names.begin(), names.end(), *entry.key) != names.end()) continue;
    Diagnostic& finding =
        sink_.add(rule("SR326"), entry.key.place, "the test has no step " + in_quotes(*entry.key));
    finding.component = id_;
    finding.subject = std::string(*entry.key);
    suggest(finding, entry.key.place, *entry.key, names);
  }
}

}  // namespace

bool is_from_workflow(const ResolvedTest& test, const ResolvedStep& step) {
  const PathNode* node = outermost(test, step);
  return node != nullptr && node->kind == SourceKind::workflow;
}

Place place_in_test(const ResolvedTest& test, const ResolvedStep& step) {
  const bool alone = !test.entry->steps.present();  // a workflow
  // The outermost component that the list of the phase names.
  std::uint32_t named = resolve::kNoPath;
  for (std::uint32_t at = step.path; at != resolve::kNoPath; at = test.paths[at].parent) {
    if (test.paths[at].kind == SourceKind::chain) named = at;
    if (test.paths[at].kind == SourceKind::workflow && !alone)
      return test.entry->steps->workflow.place;
  }
  if (named == resolve::kNoPath) return step.entry;
  for (const auto& entry : *test.merged.phases[static_cast<int>(step.phase)].entries) {
    if (entry->chain && *entry->chain == test.paths[named].name) return entry->chain.place;
  }
  return step.entry;
}

std::vector<std::string> way_to(const ResolvedTest& test, const ResolvedStep& step) {
  std::vector<std::string> way = test.way(step.path);
  if (step.component != nullptr) way.push_back("ref/" + step.component->name);
  return way;
}

void check_resolved_test(const Registry& registry, const load::LoadedConfig& loaded,
                         const ResolvedTest& test, Sink& sink) {
  const bool through_tests = sink.profile() == Profile::ci_operator;
  ResolvedCheck check(test, loaded.test_id(test.name), through_tests, sink);
  check.check_phases();
  check.check_optional();
  check.check_leases();
  check.check_in_place(loaded.config);
  if (through_tests) check.check_settings_of_workflow();
  check.check_flags();
  check.check_selection(registry);
  check_resolved_sources(loaded, test, sink);
}

void check_workflow_alone(const Registry& registry, const WorkflowComponent& workflow, Sink& sink) {
  if (sink.profile() == Profile::ci_operator) return;
  Sink unwanted = sink.empty_copy();  // the rules of the graph say what cannot be resolved
  const resolve::Options options{.trace = sink.wants(rule("SR446"))};
  const ResolvedTest test = resolve::resolve_workflow(registry, workflow, options, unwanted);
  ResolvedCheck check(test, "workflow/" + workflow.name, true, sink);
  check.check_phases();
  check.check_optional();
  check.check_leases();
  check_cleanup_of_workflow(test, "workflow/" + workflow.name, sink);
  check_limits_of_workflow(test, "workflow/" + workflow.name, sink);
  check_values(test, "workflow/" + workflow.name, sink);
}

}  // namespace stepreg::rules
