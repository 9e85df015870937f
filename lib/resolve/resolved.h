// A test after resolution: which steps run, with which values, and who set them. Views and pointers
// into the registry and the configuration; it lives no longer than they do.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "model/config.h"
#include "model/registry.h"
#include "plan/plan.h"

namespace stepreg::resolve {

using plan::Phase;

// Who set a value. Ordered from the outermost, which wins, to the innermost.
struct Source {
  enum class Kind : std::uint8_t { command_line, test, workflow, chain, step, observer, profile };
  Kind kind = Kind::test;
  std::string_view name;  // of the component; of a test: its name
  Place place;            // absent for the command line
};

// What one level says of a variable. Without a value: it names the variable only.
struct Setting {
  std::optional<std::string_view> value;
  Source source;
};

// A parameter or dependency of a step with the setting in effect.
struct Resolved {
  Text name;                        // of the variable, with the place of its declaration
  Setting effective;                // without a value: a required parameter that nobody set
  std::vector<Setting> overridden;  // the losers, from the outermost; only when traced
};

// The components around a step: links towards the root; kNoPath ends the way.
struct PathNode {
  std::uint32_t parent;
  Source::Kind kind;
  std::string_view name;
};
inline constexpr std::uint32_t kNoPath = UINT32_MAX;

struct ResolvedStep {
  Phase phase = Phase::test;
  const Step* step = nullptr;
  const StepComponent* component = nullptr;  // null for a step written in place
  std::uint32_t path = kNoPath;              // what contains it
  Place entry;                               // the place of the entry that names it
  std::vector<Resolved> env;
  std::vector<Resolved> dependencies;  // the value is the name of the image
  const DnsConfig* dns = nullptr;      // null: that of the cluster
  std::string_view node_architecture;
};

struct ResolvedObserver {
  const ObserverComponent* component = nullptr;
  std::vector<Resolved> env;
};

struct ResolvedLease {
  std::string_view resource_type;
  std::string_view env;
  std::uint64_t count = 1;
  Source source;
};

// The merged settings of workflow and test (registry.md 5.2).
struct Merged {
  struct Value {
    const Entry<Text>* entry;
    Source::Kind kind;                    // test or workflow
    const Entry<Text>* hidden = nullptr;  // the workflow's entry that the test replaced
  };
  std::vector<Value> env;
  std::vector<Value> dependencies;
  std::vector<Value> dependency_overrides;
  Text cluster_profile;
  Source::Kind cluster_profile_kind = Source::Kind::test;
  struct PhaseList {
    const ObjectList<StepEntry>* entries = nullptr;
    Source::Kind kind = Source::Kind::test;
    const ObjectList<StepEntry>* replaced =
        nullptr;  // the workflow's list that the test does not use
  };
  PhaseList phases[3];
  const Located<DnsConfig>* dns = nullptr;
  const Located<ObserverSelection>* observers = nullptr;
  Text node_architecture;
  const TextMap* node_architecture_overrides = nullptr;  // of the test only
  std::vector<std::pair<const LeaseRequest*, Source::Kind>> leases;
  Flag allow_skip_on_success;
  Flag allow_best_effort_post_steps;
};

struct ResolvedTest {
  std::string_view name;
  const TestEntry* entry = nullptr;  // null for a workflow or chain alone
  const WorkflowComponent* workflow = nullptr;
  Merged merged;
  const ClusterProfile* profile = nullptr;  // null: none, or not known
  std::vector<PathNode> paths;
  std::vector<ResolvedStep> steps;  // pre, test, post
  std::vector<ResolvedObserver> observers;
  std::vector<ResolvedLease> leases;
  bool failed = false;  // something of it is missing or wrong; findings say what
  // It names a step or chain that does not exist, so what that would do is not known.
  bool incomplete = false;

  // "workflow/a", "chain/b", without the step itself.
  std::vector<std::string> way(std::uint32_t path) const;
};

std::string source_id(const Source& source);  // "test", "workflow/NAME", "chain/NAME", ...

}  // namespace stepreg::resolve
