// What the plan's fields must agree on and no single field shows. Internal to lib/plan.
#pragma once

#include <vector>

#include "plan/json.h"
#include "plan/plan.h"

namespace stepreg::plan {

// Unique step and observer names that can name a directory, phases in order, a script for every
// step, script paths inside the registry, digests of the right form.
void check_names(const Plan& plan, std::vector<Problem>& problems);

}  // namespace stepreg::plan
