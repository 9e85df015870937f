// golden_runner run STEPREG CASE... [--update]
// golden_runner coverage FOLDER
#include <cstdio>
#include <cstring>
#include <exception>

#include "case.h"

namespace {

using namespace stepreg::golden;

bool run_one(const std::string& program, const std::string& folder, bool update) {
  const Case test = read_case(folder, update);
  for (const std::string& mistake : test.mistakes) std::printf("%s\n", mistake.c_str());
  if (!test.mistakes.empty()) return false;
  const Outcome outcome = run_case(test, program);
  if (update && !test.near_miss) {
    update_case(test, outcome);
    return true;
  }
  const std::string text = differences(test, outcome);
  if (!text.empty()) std::printf("%s\n%s", folder.c_str(), text.c_str());
  return text.empty();
}

int run(int argc, char** argv) {
  bool update = false;
  for (int i = 3; i < argc; ++i) update |= std::strcmp(argv[i], "--update") == 0;
  bool passed = true;
  const std::string program = std::filesystem::absolute(argv[2]).string();
  for (int i = 3; i < argc; ++i) {
    if (std::strcmp(argv[i], "--update") != 0) passed &= run_one(program, argv[i], update);
  }
  return passed ? 0 : 1;
}

int coverage(const char* folder) {
  const std::vector<std::string> gaps = coverage_gaps(folder);
  for (const std::string& gap : gaps) std::printf("%s\n", gap.c_str());
  return gaps.empty() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    if (argc >= 4 && std::strcmp(argv[1], "run") == 0) return run(argc, argv);
    if (argc == 3 && std::strcmp(argv[1], "coverage") == 0) return coverage(argv[2]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "golden_runner: %s\n", error.what());
    return 2;
  }
  std::fprintf(stderr, "usage: golden_runner run STEPREG CASE... [--update] | coverage FOLDER\n");
  return 2;
}
