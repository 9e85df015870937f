// GitLab's code quality report: a list of issues in the reduced form of Code Climate's.
#include <algorithm>
#include <string_view>

#include "diag/identity.h"
#include "render/formats.h"
#include "render/json_parts.h"

namespace stepreg::formats {

namespace {

std::string_view gitlab_severity(Severity severity) {
  if (severity == Severity::error) return "major";
  return severity == Severity::warning ? "minor" : "info";
}

}  // namespace

std::string gitlab(const Report& report) {
  OrderedJson issues = OrderedJson::array();
  const std::vector<std::string> prints = fingerprints(report.findings);
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    const Diagnostic& finding = report.findings[i];
    if (finding.state != Diagnostic::State::active) continue;
    const RuleInfo& info = finding.rule.info();
    const std::uint32_t begin = std::max(1U, finding.at.line);
    issues.push_back(
        {{"description", finding.message + " [" + std::string(info.code) + "]"},
         {"check_name", info.name},
         {"fingerprint", prints[i]},
         {"severity", gitlab_severity(finding.severity)},
         {"location",
          {{"path", finding.at.path},
           {"lines", {{"begin", begin}, {"end", std::max(begin, finding.at.end_line)}}}}}});
  }
  return json_text(issues, 2);
}

}  // namespace stepreg::formats
