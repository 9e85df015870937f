#include "stepreg/changed_since.h"

#include <utility>

#include "load/revision.h"

namespace stepreg::tools {

namespace {

// "REV:DIR/FILE" -> "DIR/FILE", when it lies in one of the trees.
class TodaysPaths {
 public:
  TodaysPaths(const load::Project& then, const load::Project& now)
      : roots_{{then.registry_root, now.registry_root},
               {then.configs_root, now.configs_root},
               {then.settings->path, now.settings->path}} {}

  std::string of(const std::string& path) const {
    for (const auto& [then, now] : roots_) {
      const bool inside = !then.empty() && path.starts_with(then) &&
                          (path.size() == then.size() || path[then.size()] == '/');
      if (inside) return now + path.substr(then.size());
    }
    return path;
  }

 private:
  std::pair<std::string, std::string> roots_[3];
};

}  // namespace

Result<std::vector<Diagnostic>> findings_at(const std::string& revision, const LintOptions& options,
                                            const Judged& now) {
  Judged then;
  Sink early(now.severities->table());
  auto opened = load::open_revision(options.project, now.project, revision, early);
  if (!opened) return opened.error();
  then.project = std::move(*opened);
  // What is wrong with the settings of then; the severities are those of today.
  const rules::SeveritySettings unused(*then.project.settings, options.profile, early);
  then.severities = now.severities;
  judge_opened(then, options, early);
  const TodaysPaths paths(then.project, now.project);
  for (Diagnostic& finding : then.report.findings) {
    finding.at.path = paths.of(finding.at.path);
    finding.component = paths.of(finding.component);
  }
  return std::move(then.report.findings);
}

}  // namespace stepreg::tools
