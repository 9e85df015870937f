#include "resolve/resolver.h"

#include <algorithm>
#include <set>

#include "base/stage.h"
#include "base/text.h"
#include "diag/edit.h"
#include "resolve/expand.h"
#include "resolve/merge.h"

namespace stepreg::resolve {

namespace {

using Kind = Source::Kind;

constexpr std::size_t kUsualSteps = 16;
constexpr std::string_view kImplicitLease = "LEASED_RESOURCE";

const TestEntry& no_test() {
  static const TestEntry kNone;
  return kNone;
}

void find_profile(const Registry& registry, const std::string& id, ResolvedTest& test, Sink& sink) {
  const Text& name = test.merged.cluster_profile;
  if (name->empty() || !registry.profiles) return;
  test.profile = registry.find_profile(*name);
  if (test.profile != nullptr || !registry.profiles->closed) return;
  test.failed = true;
  std::vector<std::string_view> names;
  for (const auto& profile : registry.profiles->profiles) names.push_back(*profile->name);
  Diagnostic& finding = sink.add(rule("SR410"), name.place,
                                 "the cluster profile " + in_quotes(*name) + " is not defined");
  finding.component = id;
  finding.subject = std::string(*name);
  suggest(finding, name.place, *name, names);
}

std::uint64_t count_of(const LeaseRequest& lease) {
  return *lease.count == 0 ? 1 : static_cast<std::uint64_t>(*lease.count);
}

void collect_leases(ResolvedTest& test) {
  if (test.profile != nullptr) {
    test.leases.push_back({*test.profile->lease_type,
                           kImplicitLease,
                           1,
                           {Kind::profile, *test.profile->name, test.profile->name.place}});
  }
  for (const ResolvedStep& step : test.steps) {
    const std::string_view name =
        step.component ? std::string_view(step.component->name) : *step.step->as;
    for (const Located<LeaseRequest>& lease : step.step->leases) {
      test.leases.push_back(
          {*lease->resource_type, *lease->env, count_of(*lease), {Kind::step, name, lease.place}});
    }
  }
  for (const auto& [lease, kind] : test.merged.leases) {
    const std::string_view name =
        kind == Kind::workflow ? std::string_view(test.workflow->name) : test.name;
    test.leases.push_back(
        {*lease->resource_type, *lease->env, count_of(*lease), {kind, name, lease->env.place}});
  }
}

// The union of what steps want and the test enables, without what it disables; sorted (5.9).
std::map<std::string_view, Place> observer_names(const ResolvedTest& test) {
  std::map<std::string_view, Place> names;
  for (const ResolvedStep& step : test.steps) {
    for (const Text& name : step.step->observers) names.emplace(*name, name.place);
  }
  if (test.merged.observers == nullptr) return names;
  for (const Text& name : (*test.merged.observers)->enable) names.emplace(*name, name.place);
  for (const Text& name : (*test.merged.observers)->disable) names.erase(*name);
  return names;
}

void add_observers(const Registry& registry, const std::string& id, bool complete,
                   Expander& expander, ResolvedTest& test, Sink& sink) {
  for (const auto& [name, place] : observer_names(test)) {
    const ObserverComponent* component = registry.observers.find(name);
    if (component == nullptr) {
      test.failed = true;
      if (registry.broken.contains("observer/" + std::string(name))) continue;
      Diagnostic& finding =
          sink.add(rule("SR314"), place, "the observer " + in_quotes(name) + " does not exist");
      finding.component = id;
      finding.subject = std::string(name);
      suggest(finding, place, name, registry.observers.names());
      continue;
    }
    ResolvedObserver observer{component, {}};
    for (const Located<Parameter>& each : component->definition.observer.env) {
      Resolved value = expander.parameter(*each, Kind::observer, component->name);
      if (!value.effective.value && complete) {
        expander.report_missing(value, "the observer " + in_quotes(name), kNoPath, rule("SR407"));
      }
      observer.env.push_back(std::move(value));
    }
    test.observers.push_back(std::move(observer));
  }
}

const WorkflowComponent* find_workflow(const Registry& registry, const Text& name,
                                       const std::string& id, Sink& sink) {
  const WorkflowComponent* workflow = registry.workflows.find(*name);
  if (workflow != nullptr || registry.broken.contains("workflow/" + std::string(*name)))
    return workflow;
  Diagnostic& finding =
      sink.add(rule("SR311"), name.place, "the workflow " + in_quotes(*name) + " does not exist");
  finding.component = id;
  finding.subject = std::string(*name);
  suggest(finding, name.place, *name, registry.workflows.names());
  return nullptr;
}

// Everything after the merge.
void expand_all(const Registry& registry, const std::string& id, bool complete,
                const Options& options, ResolvedTest& test, Sink& sink) {
  find_profile(registry, id, test, sink);
  Expander expander(registry, options, complete, id, test, sink);
  test.steps.reserve(kUsualSteps);
  std::uint32_t workflow_path = kNoPath;
  if (test.workflow != nullptr) {
    test.paths.push_back({kNoPath, Kind::workflow, test.workflow->name});
    workflow_path = 0;
  }
  for (const Phase phase : plan::kPhases) {
    const Merged::PhaseList& list = test.merged.phases[static_cast<int>(phase)];
    if (list.entries == nullptr) continue;
    expander.expand_phase(phase, *list.entries,
                          list.kind == Kind::workflow ? workflow_path : kNoPath);
  }
  add_observers(registry, id, complete, expander, test, sink);
  if (complete) expander.report_unused();
  collect_leases(test);
}

}  // namespace

ResolvedTest resolve_test(const Registry& registry, const TestEntry& test, const std::string& id,
                          const Options& options, Sink& sink) {
  const StageMark mark(Stage::resolve);
  ResolvedTest resolved;
  resolved.name = *test.as;
  resolved.entry = &test;
  const MultiStage& settings = *test.steps;
  if (settings.workflow.present()) {
    resolved.workflow = find_workflow(registry, settings.workflow, id, sink);
    if (resolved.workflow == nullptr) {
      resolved.failed = true;
      return resolved;
    }
  }
  const MultiStage* workflow = resolved.workflow ? &*resolved.workflow->definition.steps : nullptr;
  if (!merge(workflow, &settings, test.node_architecture, id, sink, resolved.merged)) {
    resolved.failed = true;
    return resolved;
  }
  expand_all(registry, id, true, options, resolved, sink);
  return resolved;
}

ResolvedTest resolve_workflow(const Registry& registry, const WorkflowComponent& workflow,
                              const Options& options, Sink& sink) {
  ResolvedTest resolved;
  resolved.name = workflow.name;
  resolved.entry = &no_test();
  resolved.workflow = &workflow;
  const std::string id = "workflow/" + workflow.name;
  merge(&*workflow.definition.steps, nullptr, Text(), id, sink, resolved.merged);
  expand_all(registry, id, false, options, resolved, sink);
  return resolved;
}

ResolvedTest resolve_chain(const Registry& registry, const ChainComponent& chain,
                           const Options& options, Sink& sink) {
  ResolvedTest resolved;
  resolved.name = chain.name;
  resolved.entry = &no_test();
  const std::string id = "chain/" + chain.name;
  Expander expander(registry, options, false, id, resolved, sink);
  expander.expand_chain_alone(chain);
  collect_leases(resolved);
  return resolved;
}

}  // namespace stepreg::resolve
