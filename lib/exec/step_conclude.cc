// The last part of StepRunner: what is kept of a step that has ended.
#include "base/text.h"
#include "exec/artifacts.h"
#include "exec/history.h"
#include "exec/step_runner.h"
#include "exec/step_text.h"
#include "exec/wording.h"

namespace stepreg::exec {

namespace {

constexpr std::size_t kUserStatusKept = 20;  // S034

}  // namespace

bool StepRunner::is_tolerated(Cause cause) const {
  if (step_.phase == plan::Phase::post) {
    // The budget of `post` ends collection; that says nothing about the job (2.10, row 10).
    if (step_.kind == plan::Kind::collection && cause == Cause::phase_timeout) return true;
    return step_.best_effort && ctx_.plan.job.allow_best_effort_post_steps;
  }
  if (step_.phase != plan::Phase::test) return false;
  return (cause == Cause::step_timeout && step_.timeout.skip) ||
         (cause == Cause::idle_timeout && step_.idle.skip);
}

void StepRunner::commit_shared() {
  SharedReport& report = record_.shared;
  report.read_only = step_.readonly_shared_dir || step_.no_kubeconfig ||
                     shared_copy_ != directory_ + "/" + kStepShared;
  report.generation = ctx_.shared->generation();
  if (report.read_only || !preparation_error_.empty()) return;
  CommitOutcome outcome = ctx_.shared->commit(shared_copy_);
  if (outcome.rejected && outcome.rejected->code == Error::Code::no_space) {
    (void)ctx_.disk.retry([&]() -> Result<void> {
      outcome = ctx_.shared->commit(shared_copy_);
      if (outcome.rejected) return *outcome.rejected;
      return {};
    });
  }
  report.committed = outcome.committed;
  report.generation = outcome.generation;
  report.bytes = outcome.bytes;
  report.dropped = outcome.dropped;
  if (!outcome.dropped.empty()) {
    ctx_.warn("step " + in_quotes(step_.name) +
              ": not kept in the shared directory: " + join(outcome.dropped, ", "));
  }
  if (!outcome.rejected) return;
  status_.set("SHARED_ERROR", outcome.rejected->text);
  if (record_.status == StepStatus::pass) {
    record_.status = StepStatus::fail;
    record_.cause = Cause::shared_dir_error;
    record_.reason = outcome.rejected->text;
  }
}

// What the step said about itself may contain secrets, too. Nobody but us writes it any more.
void StepRunner::read_user_status() {
  if (const auto censored = ctx_.censor.censor_file(status_.path()); !censored) {
    ctx_.warn(censored.error().text);
  }
  auto& notes = record_.user_status;
  for (const StatusRecord& entry : StatusReader(status_.path()).history()) {
    if (entry.state == "RUN_USER") notes.push_back({entry.at, ctx_.censor.censored(entry.note)});
  }
  if (notes.size() > kUserStatusKept) {
    notes.erase(notes.begin(), notes.end() - kUserStatusKept);
  }
}

void StepRunner::publish() {
  PublishRequest request;
  request.step_dir = directory_;
  request.target = ctx_.dir.published(published_test(ctx_.plan), step_.name);
  request.finished = {*record_.started,   *record_.ended,
                      record_.duration_s, record_.status == StepStatus::pass,
                      record_.exit_code,  record_.cause == Cause::aborted_signal};
  request.censor = &ctx_.censor;
  const auto published = publish_step(request);
  if (!published) return ctx_.warn(published.error().text);
  for (const std::string& warning : published->warnings) ctx_.warn(warning);
}

void StepRunner::record_duration() {
  const DurationRecord out = duration_of(ctx_.record, record_);
  const Result<void> written = append_duration(ctx_.root.durations(), out);
  if (!written && !ctx_.lost_reports) ctx_.info(written.error().text);
}

void StepRunner::conclude(const End& end) {
  record_.status = end.cause == Cause::none ? StepStatus::pass : StepStatus::fail;
  record_.cause = end.cause;
  record_.reason = end.text;
  commit_shared();
  record_.tolerated = record_.status == StepStatus::fail && is_tolerated(record_.cause);
  read_user_status();
  publish();
  const std::string phase = plan::phase_name(step_.phase);
  const bool failed = record_.status == StepStatus::fail;
  // The verdict of a cleanup step is its failure; its cause says so in the record.
  if (failed && !record_.tolerated && record_.cause != Cause::aborted_signal &&
      record_.cause != Cause::lease_lost) {
    ctx_.add_cause(record_.cause, phase, step_.name, record_.name + ": " + record_.reason);
  }
  if (failed && step_.phase == plan::Phase::post && step_.kind == plan::Kind::cleanup) {
    ctx_.status.set("CLEANUP_FAILED", step_.name + ": " + ctx_.censor.censored(record_.reason));
    status_.set("CLEANUP_FAILED", ctx_.censor.censored(record_.reason));
  }
  ctx_.journal->step_ended(record_);
  status_.set("COMPLETE", std::string("result=") + step_status_name(record_.status));
  record_duration();
  Event event{.type = "step_end"};
  event.phase = phase;
  event.step = step_.name;
  event.n = record_.n;
  event.status = step_status_name(record_.status);
  event.cause = record_.cause;
  event.duration_s = record_.duration_s;
  event.exit_code = record_.exit_code;
  event.text = "end: " + level() + " " + step_.name + " (duration " +
               short_seconds(record_.duration_s) + ")" + (failed ? ": " + record_.reason : "");
  ctx_.tell(event);
}

}  // namespace stepreg::exec
