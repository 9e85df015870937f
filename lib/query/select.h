// Which tests a command is about.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "load/project.h"

namespace stepreg::query {

// What the user named: ids of tests (with `*` and `?`; without `:TEST` all tests of the
// configuration), paths of configurations, "workflow/NAME", "chain/NAME". Several are united.
class Selection {
 public:
  Selection() = default;
  Selection(const std::vector<std::string>& arguments, const load::Project& project);

  bool names_tests() const { return !patterns_.empty() || !paths_.empty(); }
  bool names_path() const { return !paths_.empty(); }
  const std::vector<std::string>& components() const { return components_; }
  // Exactly one test or component, by its whole name: the answer is one thing and no list.
  bool is_one() const;

  // The configurations that may hold a selected test, in path order: only these need to be read.
  std::vector<std::string> candidate_paths(const load::Project& project) const;
  bool selects(const load::LoadedConfig& config, std::string_view test) const;

 private:
  std::vector<std::string> patterns_;    // of test ids
  std::vector<std::string> paths_;       // of configurations, relative to their root
  std::vector<std::string> components_;  // "workflow/NAME", "chain/NAME"
};

// The id of a test near to one that does not exist, or what is wrong with it otherwise, as a hint;
// "" when there is nothing to say. Reads one configuration at most.
std::string hint_for_test(const load::Project& project, std::string_view id);

}  // namespace stepreg::query
