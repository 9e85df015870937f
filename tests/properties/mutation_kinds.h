#pragma once

#include <vector>

#include "properties/mutation.h"

namespace stepreg::properties {

std::vector<MutationKind> registry_mutations();
std::vector<MutationKind> config_mutations();

}  // namespace stepreg::properties
