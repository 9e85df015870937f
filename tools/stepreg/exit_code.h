// What stepreg's exit code says, the same for every subcommand.
#pragma once

namespace stepreg::tool {

enum class ExitCode : int {
  clean = 0,     // nothing at or above --fail-on
  findings = 1,  // findings at or above it; for queries: nothing matches
  usage = 2,     // wrong usage, unreadable input or settings, an internal error
  nothing = 3,   // there was nothing to check
};

}  // namespace stepreg::tool
