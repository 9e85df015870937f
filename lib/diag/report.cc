#include "diag/report.h"

#include <algorithm>
#include <set>
#include <string_view>

namespace stepreg {

FindingCounts count_findings(const Report& report) {
  FindingCounts counts;
  std::set<std::string_view> files;
  const Diagnostic* last = nullptr;  // findings of a file mostly follow each other
  for (const Diagnostic& finding : report.findings) {
    if (finding.state == Diagnostic::State::ignored) {
      ++counts.ignored;
      continue;
    }
    if (finding.state == Diagnostic::State::baselined) {
      ++counts.baselined;
      continue;
    }
    if (last == nullptr || finding.at.path != last->at.path) files.insert(finding.at.path);
    last = &finding;
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
  if (std::is_sorted(findings.begin(), findings.end(), printed_before)) return;
  // A finding is large: move each once.
  std::vector<Diagnostic*> order;
  order.reserve(findings.size());
  for (Diagnostic& finding : findings) order.push_back(&finding);
  std::stable_sort(order.begin(), order.end(),
                   [](const Diagnostic* a, const Diagnostic* b) { return printed_before(*a, *b); });
  std::vector<Diagnostic> sorted;
  sorted.reserve(findings.size());
  for (Diagnostic* finding : order) sorted.push_back(std::move(*finding));
  findings = std::move(sorted);
}

}  // namespace stepreg
