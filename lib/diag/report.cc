#include "diag/report.h"

#include <algorithm>
#include <set>
#include <string_view>

namespace stepreg {

FindingCounts count_findings(const Report& report) {
  FindingCounts counts;
  std::set<std::string_view> files;
  for (const Diagnostic& finding : report.findings) {
    if (finding.state == Diagnostic::State::ignored) {
      ++counts.ignored;
      continue;
    }
    if (finding.state == Diagnostic::State::baselined) {
      ++counts.baselined;
      continue;
    }
    files.insert(finding.at.path);
    if (finding.severity == Severity::error) ++counts.errors;
    if (finding.severity == Severity::warning) ++counts.warnings;
    if (finding.severity == Severity::info) ++counts.infos;
  }
  counts.files = files.size();
  return counts;
}

bool has_finding_at(const Report& report, Severity threshold) {
  return std::any_of(report.findings.begin(), report.findings.end(), [&](const Diagnostic& d) {
    return d.state == Diagnostic::State::active && d.severity >= threshold;
  });
}

void sort_findings(std::vector<Diagnostic>& findings) {
  std::stable_sort(findings.begin(), findings.end(), printed_before);
}

}  // namespace stepreg
