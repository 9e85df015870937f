// What happened in a run: the content of run.json (execution.md 6.5), filled while it goes on.
// Plain values; the journal can rebuild it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/wall_time.h"
#include "exec/cause.h"
#include "exec/loop.h"
#include "plan/plan.h"

namespace stepreg::exec {

inline constexpr std::size_t kLastLines = 50;  // of output that are kept in records (R011)

enum class StepStatus : std::uint8_t { not_run, pass, fail, skipped };
const char* step_status_name(StepStatus status);  // "NOT_RUN", "PASS", "FAIL", "SKIPPED"

struct LimitReport {
  std::optional<double> configured_s;
  std::string origin;                 // the rule that supplied it
  std::optional<double> effective_s;  // smallest bound at the start; nullopt: none
  std::string bound;                  // which one that was: "step", "phase", "job"
  std::optional<double> idle_s;
  std::optional<double> grace_s;
  double grace_used_s = 0;
  bool operator==(const LimitReport&) const = default;
};

struct SharedReport {
  bool read_only = false;
  bool committed = false;
  unsigned generation = 0;
  std::uint64_t bytes = 0;
  std::vector<std::string> dropped;
  bool operator==(const SharedReport&) const = default;
};

struct UserStatusReport {
  WallTime at{};
  std::string note;
  bool operator==(const UserStatusReport&) const = default;
};

struct StepRecord {
  unsigned n = 0;  // counted from 1 over all steps of the plan
  plan::Phase phase = plan::Phase::test;
  std::string name;
  plan::Kind kind = plan::Kind::test;
  StepStatus status = StepStatus::not_run;
  Cause cause = Cause::none;
  bool tolerated = false;  // failed, but that does not count
  std::string reason;      // one line; empty for a step that passed
  std::optional<WallTime> started;
  std::optional<WallTime> ended;
  double prepare_s = 0;  // before the program was started, all attempts together (T002)
  double duration_s = 0;
  double longest_silence_s = 0;
  std::optional<int> exit_code;
  std::optional<int> signal;
  unsigned attempts = 0;
  LimitReport limit;
  std::size_t leftover_processes = 0;
  bool unreaped = false;
  std::string log;  // relative to the run directory; empty: none
  std::uint64_t log_bytes = 0;
  bool log_truncated = false;
  SharedReport shared;
  std::vector<UserStatusReport> user_status;
  std::vector<std::string> last_lines;  // of output; not in run.json
  bool operator==(const StepRecord&) const = default;
};

struct ObserverRecord {
  std::string name;
  StepStatus status = StepStatus::not_run;
  Cause cause = Cause::none;
  std::string reason;
  std::optional<WallTime> started;
  std::optional<int> exit_code;
  double duration_s = 0;
  std::vector<std::string> last_lines;  // not in run.json
};

struct CauseRecord {
  Cause kind = Cause::none;
  std::string phase;  // empty: outside of the phases
  std::string step;
  WallTime at{};
  std::string text;
};

struct LeaseReport {
  std::string type;
  std::string env;
  std::vector<std::string> names;
  std::size_t order = 0;
  std::optional<WallTime> acquired;
  double waited_s = 0;
  std::optional<WallTime> released;
  std::string release_error;
};

struct StopReport {
  bool seen = false;
  std::string kind = "none";
  std::string path;
  std::optional<WallTime> first_seen;
  std::optional<WallTime> cleared;
};

enum class RunResult : std::uint8_t {
  success,
  failure,
  error,
  stopped,
  skipped,
  job_timeout,
  aborted,
};
const char* result_name(RunResult result);  // "SUCCESS", ...

enum class Verdict : std::uint8_t { not_needed, clean, failed, incomplete };
const char* verdict_name(Verdict verdict);  // "not_needed", ...

// Stages of the life cycle, each with the time at which it was entered.
enum class RunStage : std::uint8_t { created, leases, setup, pre, test, post, release, complete };
inline constexpr std::size_t kRunStages = 8;
const char* stage_name(RunStage stage);

struct RunRecord {
  bool complete = false;
  std::string id;
  std::string job;
  std::string test;
  std::string host;
  std::string boot_id;
  std::string executor;  // version of the program
  std::string plan_sha256;
  bool resumed = false;
  RunResult result = RunResult::success;
  int exit_code = 0;
  Verdict cleanup = Verdict::not_needed;
  std::vector<CauseRecord> causes;  // in order; the first one decides (M003)
  std::optional<WallTime> entered[kRunStages];
  double total_s = 0;
  std::optional<double> job_limit_s;
  std::optional<double> lease_limit_s;
  std::optional<double> worst_case_cleanup_s;
  StopReport stop;
  std::vector<SignalSeen> signals;
  std::vector<LeaseReport> leases;
  std::vector<StepRecord> steps;
  std::vector<ObserverRecord> observers;
  std::size_t status_records_lost = 0;
  bool disk_full = false;
  bool journal_works = true;
  std::vector<std::string> warnings;

  // Facts that decide about cleanup.
  bool debt = false;          // M020
  bool step_started = false;  // a step of `pre` or `test` was started
};

// Result, verdict and exit code from what is recorded (execution.md 2.9, M057, M058).
void decide(RunRecord& record);

}  // namespace stepreg::exec
