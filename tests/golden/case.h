// One golden case: a folder with an input tree, a command line and what must come out.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace stepreg::golden {

// By relative path: the content of a file, or "-> TARGET" for a link.
using TreeContent = std::map<std::string, std::string>;

struct Case {
  std::filesystem::path folder;
  bool near_miss = false;  // "ok-..."
  std::vector<std::string> arguments;
  std::vector<std::string> environment;
  std::string expected_out;
  std::optional<std::string> expected_err;
  int expected_exit = 0;
  bool has_after = false;
  std::vector<std::string> mistakes;  // of the folder itself
};

struct Outcome {
  std::string out;
  std::string err;
  int exit_code = -1;
  TreeContent after;  // only of cases that have it
};

// `updating`: what is going to be written need not exist.
Case read_case(const std::filesystem::path& folder, bool updating);
Outcome run_case(const Case& test, const std::string& program);
// What differs, as text for a person; empty when nothing does.
std::string differences(const Case& test, const Outcome& outcome);
void update_case(const Case& test, const Outcome& outcome);

std::string read_text(const std::filesystem::path& path);

// Complaints about rules without cases, and about the list of exemptions; empty when all is well.
std::vector<std::string> coverage_gaps(const std::filesystem::path& folder);

}  // namespace stepreg::golden
