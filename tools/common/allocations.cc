#include "common/allocations.h"

#include <cstdlib>
#include <new>

namespace {

thread_local std::uint64_t allocations = 0;

}  // namespace

// The thread sanitizer has operators of its own, which cannot be replaced: its builds count
// nothing.
#if defined(__SANITIZE_THREAD__)
#define STEPREG_COUNTS 0
#elif defined(__has_feature)
#define STEPREG_COUNTS !__has_feature(thread_sanitizer)
#else
#define STEPREG_COUNTS 1
#endif

#if STEPREG_COUNTS

// Replaced as the standard allows ([replacement.functions]). Sanitizers have a form without
// exceptions of their own, which does not call the first; its memory comes back to `delete` all the
// same.
void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}

void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size == 0 ? 1 : size);
}

void operator delete(void* memory) noexcept {
  std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}

#endif

namespace stepreg::tools {

std::uint64_t allocations_of_this_thread() {
  return allocations;
}

}  // namespace stepreg::tools
