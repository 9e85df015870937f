#include "exec/record.h"

#include <signal.h>

#include <algorithm>

namespace stepreg::exec {

const char* step_status_name(StepStatus status) {
  constexpr const char* kNames[] = {"NOT_RUN", "PASS", "FAIL", "SKIPPED"};
  return kNames[static_cast<std::size_t>(status)];
}

const char* result_name(RunResult result) {
  constexpr const char* kNames[] = {"SUCCESS", "FAILURE",     "ERROR",  "STOPPED",
                                    "SKIPPED", "JOB_TIMEOUT", "ABORTED"};
  return kNames[static_cast<std::size_t>(result)];
}

const char* verdict_name(Verdict verdict) {
  constexpr const char* kNames[] = {"not_needed", "clean", "failed", "incomplete"};
  return kNames[static_cast<std::size_t>(verdict)];
}

const char* stage_name(RunStage stage) {
  constexpr const char* kNames[] = {"created", "leases", "setup",   "pre",
                                    "test",    "post",   "release", "complete"};
  return kNames[static_cast<std::size_t>(stage)];
}

namespace {

RunResult result_of(const RunRecord& record) {
  if (record.causes.empty()) return RunResult::success;
  const auto is_failure = [](const CauseRecord& cause) {
    return blame_of(cause.kind) == Blame::failure;
  };
  switch (blame_of(record.causes.front().kind)) {
    case Blame::failure:
      return RunResult::failure;
    case Blame::error:
      return RunResult::error;
    case Blame::stopped:
      // STOPPED promises that everything that did run passed.
      return std::any_of(record.causes.begin(), record.causes.end(), is_failure)
                 ? RunResult::failure
                 : RunResult::stopped;
    case Blame::skipped:
      return RunResult::skipped;
    case Blame::job_timeout:
      return RunResult::job_timeout;
    case Blame::aborted:
      break;
  }
  return RunResult::aborted;
}

Verdict verdict_of(const RunRecord& record) {
  if (!record.debt) return Verdict::not_needed;
  bool failed = false;
  for (const StepRecord& step : record.steps) {
    if (step.kind != plan::Kind::cleanup || step.phase != plan::Phase::post) continue;
    const bool did_not_apply =
        step.status == StepStatus::skipped &&
        (step.cause == Cause::not_needed || step.cause == Cause::not_selected);
    if (step.status == StepStatus::fail) failed = true;
    if (step.status == StepStatus::pass || step.status == StepStatus::fail || did_not_apply)
      continue;
    return Verdict::incomplete;
  }
  for (const LeaseReport& lease : record.leases) {
    if (!lease.released || !lease.release_error.empty()) failed = true;
  }
  return failed ? Verdict::failed : Verdict::clean;
}

int exit_code_of(const RunRecord& record) {
  if (record.cleanup == Verdict::failed || record.cleanup == Verdict::incomplete) return 3;
  switch (record.result) {
    case RunResult::success:
      return 0;
    case RunResult::failure:
      return 1;
    case RunResult::error:
      return 4;
    case RunResult::stopped:
      return 5;
    case RunResult::skipped:
      return 77;
    case RunResult::job_timeout:
      return 124;
    case RunResult::aborted:
      break;
  }
  return !record.signals.empty() && record.signals.front().number == SIGTERM ? 143 : 130;
}

}  // namespace

void decide(RunRecord& record) {
  record.result = result_of(record);
  record.cleanup = verdict_of(record);
  record.exit_code = exit_code_of(record);
}

}  // namespace stepreg::exec
