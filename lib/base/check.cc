#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace stepreg {

void check_failed(const char* file, int line, const char* condition) {
  std::fprintf(stderr, "internal error: %s:%d: CHECK(%s) failed\n", file, line, condition);
  std::abort();
}

}  // namespace stepreg
