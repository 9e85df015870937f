// Runs a target over files, without libFuzzer: every path of the command line, and every file of a
// directory. The last line of the output names the input that ended it.
#include <cstdio>
#include <string>
#include <vector>

#include "base/fs.h"
#include "fuzz.h"

namespace {

constexpr std::uint64_t kMaxInputBytes = 1U << 20;

std::vector<std::string> inputs_of(int count, char** arguments) {
  std::vector<std::string> inputs;
  for (int i = 1; i < count; ++i) {
    const std::string path = arguments[i];
    const auto entries = stepreg::list_directory(path);
    if (!entries) inputs.push_back(path);
    if (!entries) continue;
    for (const auto& entry : *entries) inputs.push_back(stepreg::join_path(path, entry.name));
  }
  return inputs;
}

}  // namespace

int main(int count, char** arguments) {
  const auto inputs = inputs_of(count, arguments);
  for (const std::string& path : inputs) {
    const auto text = stepreg::read_file(path, kMaxInputBytes);
    if (!text) {
      std::fprintf(stderr, "%s\n", text.error().text.c_str());
      return 2;
    }
    std::printf("%s\n", path.c_str());
    std::fflush(stdout);
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text->data()), text->size());
  }
  if (inputs.empty()) std::fputs("no input: name files or directories\n", stderr);
  return inputs.empty() ? 2 : 0;
}
