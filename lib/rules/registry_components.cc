// Every component by itself: steps and observers (points F and V), and what chains and workflows
// say without effect (registry.md 7.1).
#include <algorithm>

#include "base/names.h"
#include "base/text.h"
#include "diag/edit.h"
#include "rules/cleanup_rules.h"
#include "rules/expansion.h"
#include "rules/registry_rules.h"
#include "rules/step_rules.h"
#include "rules/test_rules.h"

namespace stepreg::rules {

namespace {

// The name of a chain or workflow; those of steps are checked with the step.
template <class T>
void check_component_name(const Component<T>& component, const Text& as, const std::string& id,
                          Sink& sink) {
  if (as->empty() || is_dns1123_subdomain(*as)) return;
  Diagnostic& finding =
      sink.add(rule("SR112"), as.place, in_quotes(*as) + " is not a legal object name");
  finding.component = id;
  finding.subject = component.name;
  finding.hint = "use lower-case letters, digits, `-` and `.`, with a letter or digit at both ends";
}

// Steps written in place (L20). In profile ci-operator they are seen only through tests.
void check_in_place(const ObjectList<StepEntry>& entries, const std::string& id, Sink& sink) {
  if (sink.profile() == Profile::ci_operator) return;
  for (const Located<StepEntry>& entry : entries) {
    if (entry->ref || entry->chain || entry->is_empty()) continue;
    StepContext context = context_in_place(*entry->literal, entry.place, id, sink);
    context.streams_known = false;  // it depends on the test which releases there are
    check_step(*entry->literal, *entry->literal->commands, context);
    check_trap_in_place(*entry->literal, context);
  }
}

void check_chain(const ChainComponent& chain, Sink& sink) {
  const Chain& it = chain.definition;
  const std::string id = "chain/" + chain.name;
  const Place place = it.as ? it.as.place : Place{chain.file, 0};
  const StepContext context{sink, id,  "the chain " + in_quotes(chain.name), "", place, nullptr,
                            {},   true};
  check_component_name(chain, it.as, id, sink);
  check_parameters(it.env, context);
  check_in_place(it.steps, id, sink);
  if (!it.leases.empty()) {
    context
        .add(rule("SR440"), it.leases.place, "leases",
             "`leases` of " + context.who + " have no effect")
        .hint = "set them in a step, in the workflow or in the test";
  }
  const bool is_alias =
      it.steps.size() == 1 && it.env.empty() && (it.steps[0]->ref || it.steps[0]->chain);
  if (is_alias) {
    context.add(rule("SR324"), place, chain.name,
                context.who + " has a single entry and sets nothing");
  }
}

void check_workflow(const Registry& registry, const WorkflowComponent& workflow, Sink& sink) {
  const std::string id = "workflow/" + workflow.name;
  const Workflow& it = workflow.definition;
  const MultiStage& settings = *it.steps;
  const Place place = it.as ? it.as.place : Place{workflow.file, 0};
  const StepContext context{
      sink, id, "the workflow " + in_quotes(workflow.name), "", place, nullptr, {}, true};
  check_component_name(workflow, it.as, id, sink);
  if (settings.workflow) {
    context
        .add(rule("SR307"), settings.workflow.place, "steps.workflow",
             context.who + " names the workflow " + in_quotes(*settings.workflow))
        .hint = "workflows cannot be nested; use chains for what they share";
  }
  for_each_phase(settings,
                 [&](const char*, const auto& entries) { check_in_place(entries, id, sink); });
  if (!settings.node_architecture_overrides.empty()) {
    context
        .add(rule("SR325"), settings.node_architecture_overrides.place,
             "node_architecture_overrides",
             "`node_architecture_overrides` of " + context.who + " have no effect")
        .hint = "set `node_architecture` in the step, or the overrides in the test";
  }
  if (sink.profile() == Profile::ci_operator) return;
  check_architecture(settings.node_architecture, "node_architecture", context);
  check_lease_fields(settings.leases, context);
  check_workflow_alone(registry, workflow, sink);
}

void check_profiles(const Registry& registry, Sink& sink) {
  if (!registry.profiles || !registry.profiles->closed) return;
  for (const Located<ClusterProfile>& profile : registry.profiles->profiles) {
    if (!profile->lease_type->empty() || !profile->set_members.empty()) continue;
    Diagnostic& finding =
        sink.add(rule("SR442"), profile->name ? profile->name.place : profile.place,
                 "the cluster profile " + in_quotes(*profile->name) + " has no `lease_type`");
    finding.component = "profile/" + std::string(*profile->name);
    finding.subject = std::string(*profile->name);
  }
}

// Groups of clusters that owners name (R020).
void check_groups(const Registry& registry, Sink& sink) {
  if (!registry.profiles) return;
  std::vector<std::string_view> groups;
  for (const auto& group : registry.profiles->konflux->cluster_groups) groups.push_back(*group.key);
  for (const Located<ClusterProfile>& profile : registry.profiles->profiles) {
    for (const Located<Owner>& owner : profile->owners) {
      for (const Text& group : owner->konflux->cluster_groups) {
        if (std::find(groups.begin(), groups.end(), *group) != groups.end()) continue;
        Diagnostic& finding = sink.add(rule("SR411"), group.place,
                                       "there is no group of clusters " + in_quotes(*group));
        finding.component = "profile/" + std::string(*profile->name);
        finding.subject = std::string(*group);
        suggest(finding, group.place, *group, groups);
        if (finding.hint.empty()) finding.hint = "define it under `konflux.cluster_groups`";
      }
    }
  }
}

}  // namespace

void check_components(const Registry& registry, Sink& sink) {
  for (const auto& step : registry.steps.all) check_step_component(*step, sink);
  for (const auto& chain : registry.chains.all) check_chain(*chain, sink);
  for (const auto& workflow : registry.workflows.all) check_workflow(registry, *workflow, sink);
  for (const auto& observer : registry.observers.all) check_observer_component(*observer, sink);
  check_profiles(registry, sink);
  check_groups(registry, sink);
  check_counterparts(registry, sink);
}

}  // namespace stepreg::rules
