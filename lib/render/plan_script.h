// A plan as one shell script, for reading.
#pragma once

#include <string>

#include "plan/plan.h"

namespace stepreg::render {

// A bash script that does what the plan does, in order: phases and what ends them, values, limits,
// leases, observers. It is made for people who want to see it at a glance; it runs scripts on this
// machine, not in the images of the steps, and waits for no lease. Clean for shellcheck.
std::string plan_script(const plan::Plan& plan);

}  // namespace stepreg::render
