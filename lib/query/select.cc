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
    if (is_path) {
      paths_.push_back(relative);
    } else {
      const bool whole_config = argument.find('@') != std::string::npos &&
                                argument.find_first_of(":*?") == std::string::npos;
      patterns_.push_back(whole_config ? argument + ":*" : argument);
    }
  }
}

bool Selection::is_one() const {
  if (patterns_.size() + paths_.size() + components_.size() != 1 || !paths_.empty()) return false;
  return patterns_.empty() || fixed_part(patterns_.front()) == patterns_.front();
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

std::string hint_for_test(const load::Project& project, std::string_view id) {
  const std::size_t colon = id.rfind(':');
  if (colon == std::string_view::npos) {
    return "a test is named ORG/REPO@BRANCH[__VARIANT]:TEST";
  }
  const std::string_view wanted = id.substr(0, colon + 1);
  std::vector<std::string> starts;
  std::vector<std::string_view> candidates;
  for (const std::string& path : project.config_paths) {
    load::LoadedConfig config;
    config.identity = load::identity_of_path(path);
    starts.push_back(config.test_id(""));
  }
  candidates.assign(starts.begin(), starts.end());
  auto found = std::find(candidates.begin(), candidates.end(), wanted);
  if (found == candidates.end()) {
    const std::string_view near = best_guess(wanted, candidates);
    if (near.empty()) return "";
    found = std::find(candidates.begin(), candidates.end(), near);
  }
  const auto index = static_cast<std::size_t>(found - candidates.begin());
  const SeverityTable severities;
  Sink unused(severities);
  const auto config = load::load_config(*project.config_files, project.config_paths[index], unused);
  if (!config) return "";
  std::vector<std::string_view> tests;
  for (const auto& test : config->config.tests) {
    if (!test->steps.present() && *test->as == id.substr(colon + 1)) {
      return in_quotes(*test->as) + " is no multi-stage test: it has no `steps`";
    }
    if (test->steps.present()) tests.push_back(*test->as);
  }
  const std::string_view guess = best_guess(id.substr(colon + 1), tests);
  if (!guess.empty()) return "did you mean " + in_quotes(config->test_id(guess)) + "?";
  std::vector<std::string> names(tests.begin(), tests.end());
  for (std::string& name : names) name = in_quotes(name);
  if (names.empty()) return in_quotes(config->path) + " has no multi-stage tests";
  return in_quotes(config->path) + " has the tests " + join(names, ", ");
}

}  // namespace stepreg::query
