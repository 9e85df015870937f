#pragma once

namespace stepreg::tools {

// Makes the allocator ask the system for memory in whole huge pages from the beginning. To be
// called first in the program; does nothing where it is linked without jemalloc (sanitizers).
void prepare_memory();

}  // namespace stepreg::tools
