// A plan for reading.
#pragma once

#include <string>

#include "plan/plan.h"

namespace stepreg::render {

// What runs, in order: phases, steps, where they come from, limits, flags. `wide` adds every
// variable with its value, who set it and what it hides.
std::string plan_text(const plan::Plan& plan, bool wide);

// "2h", "none", "25m".
std::string limit_text(const plan::Limit& limit);

}  // namespace stepreg::render
