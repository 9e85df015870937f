#include "stepreg/memory.h"

#ifdef STEPREG_HAS_JEMALLOC
#include <jemalloc/jemalloc.h>

#include <algorithm>

// How jemalloc manages the memory of this program: in huge pages, because a page fault for every
// 4 KiB cost a fifth of the time of a lint; in one arena for each core, because every arena begins
// with a huge page of its own, and threads come and go. See jemalloc(3), TUNING.
extern "C" {
extern const char* malloc_conf;
const char* malloc_conf = "thp:always,percpu_arena:phycpu";
}

namespace stepreg::tools {

namespace {

// An arena asks for 2, 2.5, 3, 3.5, 4, 5, ... MiB, each time the next step of its size classes.
// What is no multiple of a huge page lies at the edge of one, which the system then fills 4 KiB at
// a time. A first piece of this size makes it begin with 8 MiB, behind which all are multiples.
constexpr std::size_t kFirstPiece = 7 << 20;
constexpr unsigned kMaxArenas = 8;  // each takes a tenth of a millisecond

}  // namespace

void prepare_memory() {
  unsigned arenas = 0;
  std::size_t size = sizeof arenas;
  if (::mallctl("opt.narenas", &arenas, &size, nullptr, 0) != 0) return;
  for (unsigned i = 0; i < std::min(arenas, kMaxArenas); ++i) {
    const int flags = static_cast<int>(MALLOCX_ARENA(i)) | MALLOCX_TCACHE_NONE;
    if (void* piece = ::mallocx(kFirstPiece, flags)) ::dallocx(piece, flags);
  }
}

}  // namespace stepreg::tools

#else

namespace stepreg::tools {

void prepare_memory() {}

}  // namespace stepreg::tools

#endif
