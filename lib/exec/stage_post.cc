#include <algorithm>

#include "base/text.h"
#include "exec/interactive.h"
#include "exec/reports.h"
#include "exec/stages.h"
#include "exec/step_runner.h"
#include "exec/wording.h"

namespace stepreg::exec {

namespace {

constexpr double kLeastCollectionSeconds = 30;  // T044

using plan::Kind;
using plan::Phase;

class PostRunner {
 public:
  PostRunner(Context& context, Observers& observers, bool collect)
      : ctx_(context), observers_(observers), collect_(collect) {}

  void run() {
    interruptions_before_ = ctx_.loop.interruptions();
    const plan::Limit& total = ctx_.plan.job.phase_timeout[static_cast<int>(Phase::post)];
    post_end_ = after(Clock::now(), total.seconds);
    for (std::size_t i = 0; i < ctx_.plan.steps.size(); ++i) {
      const StepRecord& record = ctx_.record.steps[i];
      if (record.phase != Phase::post) continue;
      // A resumed run does not repeat what is known to have passed (M091).
      const bool decided =
          record.status == StepStatus::pass || record.status == StepStatus::skipped;
      if (!decided) run_one(i);
    }
    end_detached(ctx_);
  }

 private:
  struct Skip {
    Cause cause = Cause::none;
    std::string reason;
  };

  void run_one(std::size_t i) {
    const plan::Step& step = ctx_.plan.steps[i];
    StepRecord& record = ctx_.record.steps[i];
    record.status = StepStatus::not_run;
    record.cause = Cause::none;
    ctx_.loop.turn(Clock::now());
    const Skip skip = why_skip(step);
    StepRunner runner(ctx_, step, record);
    if (skip.cause != Cause::none) {
      runner.skip(skip.cause, skip.reason);
    } else {
      break_before(ctx_, step, runner);
      runner.run({kNever, phase_end(step, i)});
      observers_.refresh();
    }
    after_step(ctx_, record);
  }

  Skip why_skip(const plan::Step& step) {
    const auto& deselected = ctx_.options.settings.not_selected;
    if (std::find(deselected.begin(), deselected.end(), step.name) != deselected.end()) {
      return {Cause::not_selected, "not selected"};
    }
    if (step.kind == Kind::cleanup) {
      if (step.needs_pre && !ctx_.record.step_started) {
        return {Cause::not_needed, "no step of `pre` was started"};
      }
      return {};
    }
    return why_not_collect(step);
  }

  // M022 and M023.
  Skip why_not_collect(const plan::Step& step) {
    if (!ctx_.record.step_started) return {Cause::not_needed, "no step of `pre` was started"};
    if (!collect_) return {Cause::collection_dropped, "a resumed run only cleans up"};
    const unsigned signals = ctx_.loop.interruptions();
    if (signals >= 2 || signals > interruptions_before_) {
      return {Cause::collection_dropped, "a signal arrived"};
    }
    const StopLook look = ctx_.look_for_stops();
    if (ctx_.stops.drops_collection()) {
      return {Cause::stop_fast,
              look.decisive ? "stop file " + look.decisive->path : std::string("fast stop")};
    }
    if (step.optional_on_success && ctx_.plan.job.allow_skip_on_success &&
        ctx_.record.causes.empty()) {
      return {Cause::optional_on_success, "everything before passed"};
    }
    if (post_end_ == kNever) return {};
    const double left = seconds_between(Clock::now(), post_end_) - reserve();
    if (left >=
        std::min(kLeastCollectionSeconds, step.timeout.seconds.value_or(kLeastCollectionSeconds))) {
      return {};
    }
    return {Cause::post_budget, "the limit of `post` leaves " + short_seconds(std::max(left, 0.0)) +
                                    " beside what cleanup needs"};
  }

  double reserve_of(const plan::Step& step) const {
    const double reserve = ctx_.plan.job.cleanup_reserve_seconds;
    return std::min(step.timeout.seconds.value_or(reserve), reserve);
  }

  // R of T044: what the cleanup steps that have not run yet need.
  double reserve() const {
    double out = 0;
    for (std::size_t i = 0; i < ctx_.plan.steps.size(); ++i) {
      const plan::Step& step = ctx_.plan.steps[i];
      const bool waiting = ctx_.record.steps[i].status == StepStatus::not_run;
      if (step.phase == Phase::post && step.kind == Kind::cleanup && waiting) {
        out += reserve_of(step);
      }
    }
    return out;
  }

  TimePoint phase_end(const plan::Step& step, std::size_t) const {
    if (post_end_ == kNever) return kNever;
    const TimePoint now = Clock::now();
    if (step.kind == Kind::cleanup) return std::max(post_end_, after(now, reserve_of(step)));
    return after(now, seconds_between(now, post_end_) - reserve());
  }

  Context& ctx_;
  Observers& observers_;
  bool collect_;
  unsigned interruptions_before_ = 0;
  TimePoint post_end_ = kNever;
};

void skip_all(Context& context) {
  for (std::size_t i = 0; i < context.plan.steps.size(); ++i) {
    StepRecord& record = context.record.steps[i];
    if (record.phase != Phase::post || record.status != StepStatus::not_run) continue;
    StepRunner(context, context.plan.steps[i], record)
        .skip(Cause::not_needed, "nothing was allocated");
    after_step(context, record);
  }
}

}  // namespace

void run_post(Context& context, Observers& observers, bool collect) {
  if (!context.record.debt) return skip_all(context);
  context.enter(RunStage::post);
  observers.request_end();
  PostRunner(context, observers, collect).run();
}

}  // namespace stepreg::exec
