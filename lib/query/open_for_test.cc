#include "query/open_for_test.h"

#include "query/partial_registry.h"
#include "query/scan.h"

namespace stepreg::query {

namespace {

// ORG/REPO@BRANCH[__VARIANT]:TEST -> ORG/REPO/ORG-REPO-BRANCH[__VARIANT].yaml (registry.md 2.7); ""
// when the id has another form.
std::string usual_path(const std::string& id) {
  const std::size_t slash = id.find('/');
  const std::size_t at = id.find('@');
  const std::size_t colon = id.rfind(':');
  if (slash > at || at > colon || colon == std::string::npos) return "";
  if (id.find_first_of("*?") != std::string::npos) return "";
  const std::string org = id.substr(0, slash);
  const std::string repo = id.substr(slash + 1, at - slash - 1);
  return org + "/" + repo + "/" + org + "-" + repo + "-" + id.substr(at + 1, colon - at - 1) +
         ".yaml";
}

// Is the id that of one test without errors?
bool is_sound(const load::Project& project, const load::LoadedConfig& config, const std::string& id,
              const Sink& like) {
  Sink findings = like.empty_copy();
  const Selection selection({id}, project);
  ScanOptions options;
  options.selection = &selection;
  options.resolve.trace = true;
  std::vector<std::string> incomplete;
  int tests = 0;
  scan_tests(*project.registry, config, options, findings, incomplete,
             [&](const TestContext&) { ++tests; });
  return tests == 1 && incomplete.empty() && !findings.has_errors();
}

}  // namespace

bool open_for_test(load::Project& project, const std::string& id, const Sink& like) {
  const std::string path = usual_path(id);
  if (path.empty()) return false;
  const auto config = open_partially(project, path, like);
  if (!config) return false;
  if (is_sound(project, *config, id, like)) return true;
  project.registry = nullptr;
  project.registry_files = nullptr;
  project.config_files = nullptr;
  project.config_paths.clear();
  project.is_partial = false;
  return false;
}

}  // namespace stepreg::query
