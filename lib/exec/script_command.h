// How the text of a script becomes a command (execution.md V020).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "plan/plan.h"

namespace stepreg::exec {

inline constexpr const char* kCommandFile = "command";
inline constexpr std::uint64_t kMaxScriptBytes = 16U << 20;  // of a script that is read from a file

// Writes the script into the directory of its step, executable when it is run itself.
Result<void> write_command_file(const plan::Script& script, const std::string& directory);

// `/bin/bash -c` with -e and -u, or the file itself. Line numbers in messages stay those of the
// script. A text that is too long for an argument is read from its file.
std::vector<std::string> script_command(const plan::Script& script, const std::string& directory);

}  // namespace stepreg::exec
