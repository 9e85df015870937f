// Which limit ends a step: the smallest one, and of equal ones the outermost (T023, T042).
#pragma once

#include <string>

#include "exec/cause.h"
#include "exec/clock.h"
#include "plan/plan.h"

namespace stepreg::exec {

struct Bound {
  TimePoint end = kNever;
  Cause cause = Cause::none;  // job_timeout, phase_timeout, step_timeout; none: no limit
};

// The ends that come from outside of the step.
struct Bounds {
  TimePoint job_end = kNever;
  TimePoint phase_end = kNever;
};

inline Bound nearest(const Bounds& outer, TimePoint step_end) {
  Bound out;
  if (outer.job_end < out.end) out = {outer.job_end, Cause::job_timeout};
  if (outer.phase_end < out.end) out = {outer.phase_end, Cause::phase_timeout};
  if (step_end < out.end) out = {step_end, Cause::step_timeout};
  return out;
}

inline const char* bound_name(Cause cause) {
  if (cause == Cause::job_timeout) return "job";
  if (cause == Cause::phase_timeout) return "phase";
  return cause == Cause::step_timeout ? "step" : "none";
}

// "step limit of 30m (timeouts.steps.NAME, a/b.yaml:3)" and the like.
std::string limit_text(Cause cause, const plan::Plan& plan, const plan::Step& step);
std::string preparation_limit_text(const plan::Limit& limit);

}  // namespace stepreg::exec
