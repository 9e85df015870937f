#include <algorithm>

#include "base/text.h"
#include "exec/interactive.h"
#include "exec/reports.h"
#include "exec/stages.h"
#include "exec/step_runner.h"
#include "exec/wording.h"

namespace stepreg::exec {

namespace {

constexpr std::chrono::milliseconds kHoldPoll{200};  // M043

using plan::Phase;

class PhaseRunner {
 public:
  PhaseRunner(Context& context, Observers& observers) : ctx_(context), observers_(observers) {}

  void run(Phase phase) {
    if (!ctx_.blocked || !ctx_.blocked->hard) {
      ctx_.enter(phase == Phase::pre ? RunStage::pre : RunStage::test);
      ctx_.phase_end = after(Clock::now(), limit_of(phase).seconds);
    }
    // What went wrong in `pre` has another name in `test`.
    if (phase == Phase::test && ctx_.blocked && !ctx_.blocked->hard) {
      ctx_.blocked = Block{Cause::pre_incomplete, "pre incomplete", false};
    }
    if (phase == Phase::test && pre_stopped_) {
      ctx_.block(Cause::pre_incomplete, "pre incomplete", false);
    }
    for (std::size_t i = 0; i < ctx_.plan.steps.size(); ++i) {
      if (ctx_.plan.steps[i].phase == phase) at_boundary(i);
    }
    end_detached(ctx_);
    ctx_.phase_end = kNever;
  }

 private:
  const plan::Limit& limit_of(Phase phase) const {
    return ctx_.plan.job.phase_timeout[static_cast<int>(phase)];
  }

  void at_boundary(std::size_t i) {
    const plan::Step& step = ctx_.plan.steps[i];
    StepRecord& record = ctx_.record.steps[i];
    StepRunner runner(ctx_, step, record);
    if (note_abort(), ctx_.blocked && ctx_.blocked->hard) {
      runner.skip(ctx_.blocked->cause, ctx_.blocked->text);
    } else if (const StopLook look = look_and_hold(); look.kind != StopKind::none) {
      skip_for_stop(runner, step, look);
    } else if (note_abort(), ctx_.blocked) {
      runner.skip(ctx_.blocked->cause, ctx_.blocked->text);
    } else if (is_deselected(step.name)) {
      runner.skip(Cause::not_selected, "not selected");
    } else if (const Bound bound = nearest({ctx_.job_end, ctx_.phase_end}, kNever);
               bound.end <= Clock::now()) {
      skip_for_limit(runner, step, bound.cause);
    } else {
      run_step(runner, step, record);
    }
    after_step(ctx_, record);
  }

  void note_abort() {
    ctx_.loop.turn(Clock::now());
    const Cause abort = ctx_.abort_cause();
    if (abort == Cause::none) return;
    ctx_.block(abort, abort == Cause::lease_lost ? "lease lost" : "aborted by a signal", true);
  }

  bool is_deselected(const std::string& name) const {
    const auto& names = ctx_.options.settings.not_selected;
    return std::find(names.begin(), names.end(), name) != names.end();
  }

  // The first boundary at which a stop file is seen may wait for people to change their mind.
  StopLook look_and_hold() {
    StopLook look = ctx_.look_for_stops();
    if (look.kind == StopKind::none || held_ || ctx_.options.stop_hold_s <= 0) return look;
    held_ = true;
    ctx_.info("holding for " + short_seconds(ctx_.options.stop_hold_s) +
              " before steps are skipped");
    const TimePoint end = after(Clock::now(), ctx_.options.stop_hold_s);
    while (look.kind != StopKind::none && Clock::now() < end && !ctx_.aborted()) {
      ctx_.loop.turn(std::min(end, Clock::now() + kHoldPoll));
      look = ctx_.look_for_stops();
    }
    return look;
  }

  void skip_for_stop(StepRunner& runner, const plan::Step& step, const StopLook& look) {
    const Cause cause = look.kind == StopKind::fast ? Cause::stop_fast : Cause::stop_graceful;
    const std::string reason = "stop file " + look.decisive->path;
    if (!stopped_) {
      ctx_.add_cause(cause, plan::phase_name(step.phase), "", reason);
      stopped_ = true;
    }
    ctx_.stops.latch();
    ctx_.journal->stop(ctx_.record.stop, ctx_.stops.latched() == StopKind::fast);
    if (step.phase == Phase::pre) {
      pre_stopped_ = true;
      ctx_.block(Cause::pre_incomplete, "pre incomplete", false);
    }
    runner.skip(cause, reason);
  }

  void skip_for_limit(StepRunner& runner, const plan::Step& step, Cause cause) {
    const std::string reason = limit_text(cause, ctx_.plan, step) + " is used up";
    ctx_.add_cause(cause, plan::phase_name(step.phase), "", reason);
    ctx_.block(Cause::limit_exhausted, reason, cause == Cause::job_timeout);
    runner.skip(Cause::limit_exhausted, reason);
  }

  void run_step(StepRunner& runner, const plan::Step& step, StepRecord& record) {
    break_before(ctx_, step, runner);
    runner.run({ctx_.job_end, ctx_.phase_end});
    observers_.refresh();
    if (record.status == StepStatus::pass || record.tolerated) return;
    shell_on_failure(ctx_, step, runner);
    switch (record.cause) {
      case Cause::job_timeout:
      case Cause::phase_timeout:
        return ctx_.block(Cause::limit_exhausted, limit_text(record.cause, ctx_.plan, step),
                          record.cause == Cause::job_timeout);
      case Cause::unreaped:
        return ctx_.block(Cause::unreaped, "a process of " + step.name + " could not be killed",
                          true);
      default:
        ctx_.block(Cause::predecessor_failed, "predecessor failed: " + step.name, false);
    }
  }

  Context& ctx_;
  Observers& observers_;
  bool held_ = false;
  bool stopped_ = false;
  bool pre_stopped_ = false;
};

}  // namespace

void run_phases(Context& context, Observers& observers) {
  PhaseRunner runner(context, observers);
  runner.run(Phase::pre);
  runner.run(Phase::test);
}

void end_detached(Context& context) {
  for (const auto& task : context.detached) task->dismiss();
  for (const auto& task : context.detached) {
    while (!task->over()) context.loop.turn(kNever);
  }
  context.detached.clear();
  context.detached_logs.clear();
}

}  // namespace stepreg::exec
