// A helper program run to its end, with its output. For short-lived tools such as git; steps of a
// test are run by exec/.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"

namespace stepreg {

struct CommandOutput {
  int exit_code = 0;     // 128 + N when signal N ended it
  bool stopped = false;  // killed at a limit below; `out` and `err` are what it had said
  std::string out;
  std::string err;
};

// For programs that are not trusted to end.
struct CommandLimits {
  std::chrono::milliseconds time{0};  // 0: none. At the end all of its process group is killed.
  std::size_t output_bytes = 0;       // of both streams together; 0: any
  std::vector<std::string> without;   // variables of the environment that are not handed on
};

// `arguments[0]` is looked up in PATH; no shell is involved. Standard input is empty. An Error when
// the program cannot be started (Code::not_found when there is none of that name).
Result<CommandOutput> run_command(const std::vector<std::string>& arguments,
                                  const CommandLimits& limits = {});

}  // namespace stepreg
