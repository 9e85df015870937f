// Every limit of a `timeouts` object.
#pragma once

#include <string_view>

#include "model/step.h"
#include "plan/plan.h"

namespace stepreg::rules {

struct LimitAt {
  // `step`, `idle` and `grace` are for all steps, unless `name` says for which.
  enum class What { job, lease, prepare, reserve, total, step, idle, grace };
  What what;
  const Limit* limit;
  Text name;                           // with its place; absent for all steps
  const plan::Phase* phase = nullptr;  // absent for all phases

  bool is_set() const { return limit->present() && !(*limit)->none; }
  double seconds() const { return seconds_of((*limit)->duration); }
};

template <class Visit>
void for_each_limit(const LimitMap& limits, LimitAt::What what, const plan::Phase* phase,
                    Visit& visit) {
  for (const Entry<Limit>& entry : limits) visit(LimitAt{what, &entry.value, entry.key, phase});
}

// Calls `visit(LimitAt)` for every limit that is there.
template <class Visit>
void for_each_limit(const Timeouts& timeouts, Visit visit) {
  using What = LimitAt::What;
  const auto one = [&](What what, const Limit& limit, const plan::Phase* phase = nullptr) {
    if (limit.present()) visit(LimitAt{what, &limit, {}, phase});
  };
  one(What::job, timeouts.job);
  one(What::lease, timeouts.lease);
  one(What::prepare, timeouts.prepare);
  one(What::reserve, timeouts.cleanup_reserve);
  one(What::step, timeouts.step);
  one(What::idle, timeouts.idle);
  one(What::grace, timeouts.grace);
  for_each_limit(timeouts.steps, What::step, nullptr, visit);
  for_each_limit(timeouts.idles, What::idle, nullptr, visit);
  for_each_limit(timeouts.graces, What::grace, nullptr, visit);
  const PhasesTimeouts& phases = *timeouts.phases;
  const Located<PhaseTimeouts>* const each[] = {&phases.pre, &phases.test, &phases.post};
  for (const plan::Phase& phase : plan::kPhases) {
    const PhaseTimeouts& it = **each[static_cast<int>(phase)];
    one(What::total, it.total, &phase);
    one(What::step, it.step, &phase);
    for_each_limit(it.steps, What::step, &phase, visit);
  }
}

}  // namespace stepreg::rules
