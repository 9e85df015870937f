// Is this plan one that can be run here? What is wrong with it as a job, beyond the form that
// plan::from_json checks.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "exec/options.h"
#include "plan/json.h"
#include "plan/plan.h"

namespace stepreg::exec {

// Errors, by JSON pointer: a partial plan, limits that contradict each other (T071), `skip`, or the
// flags of `post` in other phases (T080, L104, L106), parameters that are named like variables of
// the executor (L117), nested mounts (L123), leases with one variable (L125).
std::vector<plan::Problem> check_plan(const plan::Plan& plan);

// Things that work and are probably not meant (T072, T077, T078, T082, L130).
std::vector<std::string> plan_warnings(const plan::Plan& plan);

// Reads scripts that the plan does not contain and compares digests; afterwards every script has
// its text. `registry` may be empty: then scripts must be in the plan.
std::vector<plan::Problem> load_scripts(plan::Plan& plan, const std::string& registry);

// Names of the steps that `selection` leaves out; a name that matches no step is an error.
Result<std::vector<std::string>> deselected_steps(const plan::Plan& plan,
                                                  const Selection& selection);

// T045, in seconds.
double worst_case_cleanup_s(const plan::Plan& plan);

}  // namespace stepreg::exec
