#include "resolve/merge.h"

#include <algorithm>

#include "base/text.h"

namespace stepreg::resolve {

namespace {

using Kind = Source::Kind;

void unite(const TextMap& values, Kind kind, std::vector<Merged::Value>& united) {
  for (const Entry<Text>& entry : values) {
    const auto same = std::find_if(united.begin(), united.end(), [&](const Merged::Value& value) {
      return *value.entry->key == *entry.key;
    });
    if (same == united.end()) {
      united.push_back({&entry, kind});
    } else {
      *same = {&entry, kind, same->entry};
    }
  }
}

template <class T>
const T* present(const T* inner, const T* outer) {
  if (outer != nullptr && outer->present()) return outer;
  return inner != nullptr && inner->present() ? inner : nullptr;
}

Merged::PhaseList choose(const ObjectList<StepEntry>* workflow, const ObjectList<StepEntry>* test) {
  if (test != nullptr && test->present()) return {test, Kind::test, workflow};
  return {workflow, Kind::workflow, nullptr};
}

bool same_lease(const LeaseRequest& a, const LeaseRequest& b) {
  return *a.resource_type == *b.resource_type && *a.count == *b.count;
}

// The test's leases whose variable is new; an equal one is dropped, a different one is a
// contradiction.
bool join_leases(const ObjectList<LeaseRequest>& leases, Merged& merged, bool with_workflow,
                 const std::string& id, Sink& sink) {
  bool sound = true;
  for (const Located<LeaseRequest>& lease : leases) {
    const auto same =
        std::find_if(merged.leases.begin(), merged.leases.end(),
                     [&](const auto& other) { return *other.first->env == *lease->env; });
    if (same == merged.leases.end() || !with_workflow) {
      merged.leases.push_back({&*lease, Kind::test});
    } else if (!same_lease(*same->first, *lease)) {
      Diagnostic& finding = sink.add(rule("SR409"), lease.place,
                                     "the lease for " + in_quotes(*lease->env) +
                                         " differs from that of the workflow in type or count");
      finding.component = id;
      finding.subject = std::string(*lease->env);
      finding.hint =
          "use another variable, or repeat the lease exactly; a count that is not given differs "
          "from `count: 1`";
      finding.notes.push_back({Location::of(same->first->env.place), "the other one is here"});
      sound = false;
    }
  }
  return sound;
}

}  // namespace

bool merge(const MultiStage* workflow, const MultiStage* test, const Text& handed_down_architecture,
           const std::string& id, Sink& sink, Merged& merged) {
  static const MultiStage kNothing;
  const MultiStage& w = workflow ? *workflow : kNothing;
  const MultiStage& t = test ? *test : kNothing;

  merged.cluster_profile = t.cluster_profile->empty() ? w.cluster_profile : t.cluster_profile;
  if (t.cluster_profile->empty()) merged.cluster_profile_kind = Kind::workflow;
  merged.phases[0] = choose(&w.pre, &t.pre);
  merged.phases[1] = choose(&w.test, &t.test);
  merged.phases[2] = choose(&w.post, &t.post);
  unite(w.env, Kind::workflow, merged.env);
  unite(t.env, Kind::test, merged.env);
  unite(w.dependencies, Kind::workflow, merged.dependencies);
  unite(t.dependencies, Kind::test, merged.dependencies);
  unite(w.dependency_overrides, Kind::workflow, merged.dependency_overrides);
  unite(t.dependency_overrides, Kind::test, merged.dependency_overrides);
  merged.dns = present(&w.dns, &t.dns);
  merged.observers = present(&w.observers, &t.observers);
  // The test's own architecture is handed down before the merge, so it beats the workflow's.
  merged.node_architecture = !t.node_architecture->empty()        ? t.node_architecture
                             : !handed_down_architecture->empty() ? handed_down_architecture
                                                                  : w.node_architecture;
  merged.node_architecture_overrides = &t.node_architecture_overrides;
  merged.allow_skip_on_success =
      t.allow_skip_on_success ? t.allow_skip_on_success : w.allow_skip_on_success;
  merged.allow_best_effort_post_steps = t.allow_best_effort_post_steps
                                            ? t.allow_best_effort_post_steps
                                            : w.allow_best_effort_post_steps;
  for (const Located<LeaseRequest>& lease : w.leases)
    merged.leases.push_back({&*lease, Kind::workflow});
  return join_leases(t.leases, merged, workflow != nullptr, id, sink);
}

}  // namespace stepreg::resolve
