#include "query/select.h"

#include <algorithm>

#include "base/fs.h"
#include "base/text.h"

namespace stepreg::query {

namespace {

// The start of a pattern up to the first wildcard.
std::string_view fixed_part(std::string_view pattern) {
  return pattern.substr(0, pattern.find_first_of("*?"));
}

// Can a configuration of this path hold a test whose id matches? Decided by its path; a file that
// says something else of itself than its path is found by naming its path.
bool may_match(std::string_view pattern, const std::string& path) {
  load::LoadedConfig config;
  config.identity = load::identity_of_path(path);
  const std::string start = config.test_id("");
  const std::string_view fixed = fixed_part(pattern);
  const std::size_t length = std::min(start.size(), fixed.size());
  return start.compare(0, length, fixed, 0, length) == 0;
}

}  // namespace

Selection::Selection(const std::vector<std::string>& arguments, const load::Project& project) {
  for (const std::string& argument : arguments) {
    if (argument.starts_with("workflow/") || argument.starts_with("chain/")) {
      components_.push_back(argument);
      continue;
    }
    const std::string prefix = project.configs_root + "/";
    const std::string relative =
        argument.starts_with(prefix) ? argument.substr(prefix.size()) : argument;
    const bool is_path =
        std::binary_search(project.config_paths.begin(), project.config_paths.end(), relative);
    (is_path ? paths_ : patterns_).push_back(is_path ? relative : argument);
  }
}

std::vector<std::string> Selection::candidate_paths(const load::Project& project) const {
  std::vector<std::string> candidates;
  for (const std::string& path : project.config_paths) {
    const bool named = std::find(paths_.begin(), paths_.end(), path) != paths_.end();
    const bool possible = std::any_of(patterns_.begin(), patterns_.end(),
                                      [&](const std::string& p) { return may_match(p, path); });
    if (named || possible) candidates.push_back(path);
  }
  return candidates;
}

bool Selection::selects(const load::LoadedConfig& config, std::string_view test) const {
  if (std::find(paths_.begin(), paths_.end(), config.path) != paths_.end()) return true;
  const std::string id = config.test_id(test);
  return std::any_of(patterns_.begin(), patterns_.end(),
                     [&](const std::string& pattern) { return glob_match(pattern, id); });
}

}  // namespace stepreg::query
