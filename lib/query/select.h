// Which tests a command is about.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "load/project.h"

namespace stepreg::query {

// What the user named: ids of tests (with `*` and `?`), paths of configurations, "workflow/NAME",
// "chain/NAME". Several are united.
class Selection {
 public:
  Selection() = default;
  Selection(const std::vector<std::string>& arguments, const load::Project& project);

  bool names_tests() const { return !patterns_.empty() || !paths_.empty(); }
  const std::vector<std::string>& components() const { return components_; }

  // The configurations that may hold a selected test, in path order: only these need to be read.
  std::vector<std::string> candidate_paths(const load::Project& project) const;
  bool selects(const load::LoadedConfig& config, std::string_view test) const;

 private:
  std::vector<std::string> patterns_;    // of test ids
  std::vector<std::string> paths_;       // of configurations, relative to their root
  std::vector<std::string> components_;  // "workflow/NAME", "chain/NAME"
};

}  // namespace stepreg::query
