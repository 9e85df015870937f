// CHECK: a condition that only a defect of this program can break. It stays on in release builds.
// Never use it for input: a user's mistake is a Diagnostic, a failed environment is a Result.
#pragma once

namespace stepreg {

// Prints file, line and condition to stderr and aborts.
[[noreturn]] void check_failed(const char* file, int line, const char* condition);

}  // namespace stepreg

#define CHECK(condition) \
  ((condition) ? void(0) : ::stepreg::check_failed(__FILE__, __LINE__, #condition))
