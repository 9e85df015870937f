// What a plan does, without who said so.
#pragma once

#include "plan/plan.h"

namespace stepreg::plan {

// The plan without origins, rules of limits, values that lost and steps that were replaced: two
// plans that do the same are equal then, wherever their values come from.
Plan effect_of(Plan plan);

// The same for a single step.
Step effect_of(Step step);

}  // namespace stepreg::plan
