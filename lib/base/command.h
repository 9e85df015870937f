// A helper program run to its end, with its output. For short-lived tools such as git; steps of a
// test are run by exec/.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace stepreg {

struct CommandOutput {
  int exit_code = 0;  // 128 + N when signal N ended it
  std::string out;
  std::string err;
};

// `arguments[0]` is looked up in PATH; no shell is involved. Standard input is empty. An Error when
// the program cannot be started (Code::not_found when there is none of that name).
Result<CommandOutput> run_command(const std::vector<std::string>& arguments);

}  // namespace stepreg
