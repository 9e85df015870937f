// The flat execution plan: everything needed to run one job, already resolved. It is the only thing
// that the resolver hands to the executor, and it is published as schemas/stepreg.plan.schema.json.
//
// Plain values only. No time stamps, host names or absolute paths, so that the same input gives the
// same bytes. Paths are relative: scripts to the registry root, settings paths to the directory of
// `.stepreg.yaml`. All times are seconds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace stepreg::plan {

inline constexpr const char* kFormat = "stepreg.plan";
inline constexpr const char* kVersion = "1.0";

enum class Phase : std::uint8_t { pre, test, post };
inline constexpr Phase kPhases[] = {Phase::pre, Phase::test, Phase::post};
const char* phase_name(Phase phase);  // "pre", "test", "post"

// Where a value was written down.
struct Origin {
  // Who set it: "test", "workflow/NAME", "chain/NAME", "ref/NAME", "observer/NAME", "profile/NAME",
  // "settings" (.stepreg.yaml), "command-line", "default" (built in).
  std::string source;
  std::string file;          // empty for "command-line" and "default"
  std::uint32_t line = 0;    // 1-based; 0 = unknown
  std::uint32_t column = 0;  // 1-based, in bytes of UTF-8; 0 = unknown
  bool operator==(const Origin&) const = default;
};

// A value that lost against the one in effect.
struct Overridden {
  std::optional<std::string> value;  // nullopt: named, but without a value
  Origin origin;
  bool operator==(const Overridden&) const = default;
};

// One environment variable of a step or observer.
struct EnvVar {
  std::string name;
  std::optional<std::string>
      value;  // nullopt only in a partial plan: a required parameter still open
  Origin origin;
  std::vector<Overridden> overridden;  // from the outermost to the innermost
  bool operator==(const EnvVar&) const = default;
};

// An image whose pull spec a step wants in a variable.
struct Dependency {
  std::string env;
  std::string image;  // `tag` or `stream:tag`, after overrides of the image name
  std::optional<std::string>
      pull_spec;  // given by a dependency override; it becomes the variable's value
  Origin origin;
  std::vector<Overridden> overridden;
  bool operator==(const Dependency&) const = default;
};

struct Lease {
  std::string resource_type;
  std::string env;
  std::uint64_t count = 1;
  Origin origin;
  bool operator==(const Lease&) const = default;
};

// The limits of a plan that says nothing (execution.md, appendix A).
inline constexpr double kDefaultStepSeconds = 2 * 3600;
inline constexpr double kDefaultGraceSeconds = 15;
inline constexpr double kDefaultLeaseSeconds = 2 * 3600;
inline constexpr double kDefaultPrepareSeconds = 3600;

// A time limit that is in effect. The rule is where it comes from, as execution.md T020 to T022
// name it: "default", "timeouts.step", "timeouts.phases.test.step", "step", "machine",
// "timeouts.steps.NAME", ...
struct Limit {
  std::optional<double> seconds;  // nullopt: no limit ("none")
  std::string rule = "default";
  Origin origin;
  bool skip = false;  // LAVA's `skip: true`: if it strikes, the job goes on and does not fail
  bool operator==(const Limit&) const = default;
};

struct Script {
  std::string path;    // relative to the registry root; empty for a script written in place
  std::string sha256;  // 64 lower-case hexadecimal digits, of the script's text
  std::optional<std::string> text;  // always for a script written in place; else only with --bundle
  bool run_as_script = false;  // run the file itself (its `#!` line applies), not as text for bash
  bool operator==(const Script&) const = default;
};

struct Image {
  std::string from;        // `tag` or `stream:tag`; empty when `from_image` is given
  std::string from_image;  // `namespace/name:tag`
  bool operator==(const Image&) const = default;
};

// A secret that is mounted into a step. One of the three forms of registry.md 3.8.
struct Credential {
  std::string mount_path;
  std::string ns;  // `namespace`
  std::string name;
  std::string collection;
  std::string group;
  std::string field;
  std::string as;
  std::string bundle;
  bool skip_if_missing =
      false;  // the run is skipped, not failed, when it cannot be provided (M043)
  bool operator==(const Credential&) const = default;
};

struct DnsConfig {
  std::vector<std::string> nameservers;
  std::vector<std::string> searches;
  bool operator==(const DnsConfig&) const = default;
};

struct Resources {
  std::vector<std::pair<std::string, std::string>> requests;  // name, quantity; sorted by name
  std::vector<std::pair<std::string, std::string>> limits;
  bool operator==(const Resources&) const = default;
};

// How a `post` step counts when cleanup is at stake (execution.md M024).
enum class Kind : std::uint8_t { setup, test, cleanup, collection };
inline constexpr Kind kKinds[] = {Kind::setup, Kind::test, Kind::cleanup, Kind::collection};
const char* kind_name(Kind kind);

struct Step {
  Phase phase = Phase::test;
  Kind kind = Kind::test;
  std::string name;
  std::vector<std::string> path;  // components that brought it: "workflow/a", "chain/b", "ref/c"
  Origin origin;                  // the component file, or the entry for a step written in place
  Script script;
  Image image;
  std::vector<EnvVar> env;  // in the order of declaration
  std::vector<Dependency> dependencies;
  std::vector<Lease> leases;  // declared by this step; they are in the plan's list, too
  std::vector<Credential> credentials;
  std::vector<std::string> observers;
  Resources resources;
  std::optional<DnsConfig> dns;
  std::string cli;                // name of a release; empty: none
  std::string node_architecture;  // empty: any
  bool optional_on_success = false;
  bool best_effort = false;
  bool no_kubeconfig = false;
  bool nested_podman = false;
  // Extensions that the executor understands beyond ci-operator.
  bool readonly_shared_dir = false;
  bool resets = false;       // brings the system under test into a known state (T056)
  bool needs_pre = false;    // skip when no `pre` step was started (M022)
  bool detach = false;       // background processes may live until the end of the phase (M033)
  unsigned retries = 0;      // M039
  std::string workdir;       // relative to the working directory of the executor
  std::string timeout_file;  // T031
  std::optional<std::uint64_t> log_limit_bytes;  // M077
  Limit timeout;                                 // default 2 h
  Limit grace;                                   // default 15 s
  Limit idle;                                    // default none
  bool operator==(const Step&) const = default;
};

// The kind of a step whose plan or component does not say (M024): by phase; in `post` a step is a
// collection step if it is `optional_on_success`, or if its name or a component that brought it has
// the word gather, must-gather, collect or dump between hyphens.
Kind default_kind(const Step& step);

struct Observer {
  std::string name;
  Origin origin;
  Script script;
  Image image;
  std::vector<EnvVar> env;
  Resources resources;
  Limit timeout;
  Limit grace;
  bool operator==(const Observer&) const = default;
};

struct ClusterProfile {
  std::string name;
  std::string cluster_type;
  std::string lease_type;
  std::string secret;
  std::string config_map;
  std::string ip_pool_lease_type;
  std::vector<std::string> set_members;
  Origin origin;
  bool operator==(const ClusterProfile&) const = default;
};

// What the machine needs to know and ci-operator's files cannot say: `run:` of .stepreg.yaml. Paths
// are relative to the directory of that file (steprun: --root).
struct Machine {
  std::vector<std::pair<std::string, std::vector<std::string>>>
      lease_pools;  // type -> resource names
  // Type -> seconds after its last heartbeat for which the lease of a dead run stays dirty. Without
  // an entry that is until somebody cleans up (M063).
  std::vector<std::pair<std::string, double>> lease_ttl;
  std::vector<std::pair<std::string, std::string>> cluster_profile_dirs;  // profile -> directory
  std::vector<std::pair<std::string, std::string>> images;                // image -> pull spec
  std::vector<std::string> pass_env;  // names of variables handed on from the caller
  std::string credential_store;       // directory with <namespace>/<name>/
  std::string stop_dir;               // a further directory that is searched for stop files
  bool operator==(const Machine&) const = default;
};

struct Job {
  std::string id;  // ORG/REPO@BRANCH[__VARIANT]:TEST, or "workflow/NAME" for a partial plan
  std::string org, repo, branch, variant, test;
  std::string workflow;  // empty: none
  Origin origin;         // the test's entry
  std::optional<ClusterProfile> cluster_profile;
  bool allow_skip_on_success = false;
  bool allow_best_effort_post_steps = false;
  Limit timeout;                         // whole job: set-up, pre and test; default none
  Limit lease_timeout;                   // waiting for leases; default 2 h
  Limit prepare_timeout;                 // preparation of a step; default 1 h
  Limit phase_timeout[3];                // total of pre, test, post; default none
  double cleanup_reserve_seconds = 300;  // T044
  bool operator==(const Job&) const = default;
};

// A `post` step of the workflow that the test's own `post` replaced: kept for reports
// (execution.md 1.6).
struct Dropped {
  Phase phase = Phase::post;
  std::string name;
  std::vector<std::string> path;
  bool operator==(const Dropped&) const = default;
};

struct Plan {
  bool partial = false;  // of a workflow or chain alone, or of a test with errors: must not be run
  Job job;
  Machine machine;
  std::vector<Lease> leases;  // in the order of registry.md 5.8; acquisition is sorted by type
  std::vector<Observer> observers;  // sorted by name
  std::vector<Step> steps;          // pre, test, post, each in order of execution
  std::vector<Dropped> dropped;
  std::vector<std::string> problems;  // why the plan is partial, one line each
  bool operator==(const Plan&) const = default;
};

}  // namespace stepreg::plan
