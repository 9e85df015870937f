#include "stepreg/changed_since.h"

#include <string_view>
#include <utility>

#include "base/fs.h"
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
      if (then.empty() || !path.starts_with(then)) continue;
      std::string_view rest = std::string_view(path).substr(then.size());
      const bool at_top = then.ends_with(':');  // "REV:FILE"
      if (!rest.empty() && !at_top && rest.front() != '/') continue;
      if (rest.starts_with('/')) rest.remove_prefix(1);
      return rest.empty() ? now : join_path(now, rest);
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
  then.shellcheck = now.shellcheck;  // a rule that is new in the settings finds nothing new
  if (const auto checked = judge_opened(then, options, early); !checked) return checked.error();
  unpack_all(then.report);
  const TodaysPaths paths(then.project, now.project);
  for (Diagnostic& finding : then.report.findings) {
    finding.at.path = paths.of(finding.at.path);
    finding.component = paths.of(finding.component);
  }
  return std::move(then.report.findings);
}

}  // namespace stepreg::tools
