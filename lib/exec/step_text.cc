#include "exec/step_text.h"

#include "base/text.h"
#include "exec/bounds.h"
#include "exec/wording.h"

namespace stepreg::exec {

namespace {

// V015: lets cleanup adapt.
std::string outcome_of(const RunRecord& record) {
  if (record.causes.empty()) return "success";
  switch (blame_of(record.causes.front().kind)) {
    case Blame::failure:
    case Blame::job_timeout:
      return "failure";
    case Blame::error:
      return "error";
    case Blame::stopped:
      return "stopped";
    case Blame::skipped:
      return "skipped";
    case Blame::aborted:
      break;
  }
  return "aborted";
}

std::string first_failure(const RunRecord& record) {
  for (const CauseRecord& cause : record.causes) {
    if (!cause.step.empty()) return cause.phase + "/" + cause.step;
  }
  return {};
}

}  // namespace

std::string timeout_text(Cause cause, const plan::Plan& plan, const plan::Step& step,
                         const StepRecord& record, const std::string& last_line) {
  return limit_text(cause, plan, step) + " reached after " + short_seconds(record.duration_s) +
         "; longest silence " + short_seconds(record.longest_silence_s) +
         "; last output: " + (last_line.empty() ? "none" : in_quotes(last_line)) +
         "; usually an earlier failure is the cause";
}

StepSurroundings common_surroundings(const Context& context) {
  StepSurroundings out;
  out.run_id = context.record.id;
  out.run_dir = context.dir.path();
  out.committed_shared = context.dir.shared() + "/current";
  out.profile_dir = context.credentials.profile_dir();
  out.leases = lease_environment(context.held);
  out.outcome = outcome_of(context.record);
  out.first_failure = first_failure(context.record);
  out.pre_started = context.record.step_started;
  out.resumed = context.record.resumed;
  return out;
}

DurationRecord duration_of(const RunRecord& record, const StepRecord& step) {
  DurationRecord out;
  out.run = record.id;
  out.job = record.job;
  out.phase = plan::phase_name(step.phase);
  out.step = step.name;
  out.start = step.started.value_or(WallTime{});
  out.duration_s = step.duration_s;
  out.limit_s = step.limit.configured_s;
  out.rule = step.limit.origin;
  out.effective_s = step.limit.effective_s;
  out.bound = step.limit.bound;
  out.idle_s = step.limit.idle_s;
  out.longest_silence_s = step.longest_silence_s;
  out.grace_used_s = step.limit.grace_used_s;
  out.outcome = step_status_name(step.status);
  out.cause = cause_name(step.cause);
  out.host = record.host;
  out.plan_sha256 = record.plan_sha256;
  return out;
}

std::string published_test(const plan::Plan& plan) {
  return plan.job.test.empty() ? path_component(plan.job.id) : plan.job.test;
}

std::string path_below(const std::string& directory, const std::string& path) {
  return path.starts_with(directory + "/") ? path.substr(directory.size() + 1) : path;
}

}  // namespace stepreg::exec
