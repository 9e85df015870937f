#pragma once

#include "generate/components.h"
#include "generate/random.h"

namespace stepreg::generate {

// Fills `components.chains` and `components.workflows` so that every step and chain is used.
void make_compositions(Components& components, Random random);

}  // namespace stepreg::generate
