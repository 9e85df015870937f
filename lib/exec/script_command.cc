#include "exec/script_command.h"

#include "base/fs.h"

namespace stepreg::exec {

namespace {

// Linux refuses single arguments of 128 KiB (MAX_ARG_STRLEN).
constexpr std::size_t kLongestArgument = 120 << 10;
constexpr const char* kBash = "/bin/bash";

}  // namespace

Result<void> write_command_file(const plan::Script& script, const std::string& directory) {
  const std::string path = join_path(directory, kCommandFile);
  return write_file_atomic(path, script.text.value_or(""), script.run_as_script ? 0700 : 0600,
                           Flush::no);
}

std::vector<std::string> script_command(const plan::Script& script, const std::string& directory) {
  const std::string file = join_path(directory, kCommandFile);
  if (script.run_as_script) return {file};
  const std::string text = script.text.value_or("");
  if (text.size() > kLongestArgument) {
    return {kBash, "-c", "set -eu; source \"$1\"", kBash, file};
  }
  return {kBash, "-c", "set -eu; " + text};
}

}  // namespace stepreg::exec
