#include "common/allocations.h"

#include <cstdlib>
#include <new>

namespace {

thread_local std::uint64_t allocations = 0;

}  // namespace

// Replaced as the standard allows ([replacement.functions]); the forms for arrays and without
// exceptions call these.
void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}

void operator delete(void* memory) noexcept {
  std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}

namespace stepreg::tools {

std::uint64_t allocations_of_this_thread() {
  return allocations;
}

}  // namespace stepreg::tools
