// Every program here counts what it allocates: one addition for each `new`.
#pragma once

#include <cstdint>

namespace stepreg::tools {

// How often this thread has called `new` so far.
std::uint64_t allocations_of_this_thread();

}  // namespace stepreg::tools
