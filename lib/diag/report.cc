#include "diag/report.h"

#include <algorithm>
#include <cstdint>
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

namespace {

// A finding is large and its path long: what is sorted is small, and the path a number.
struct SortKey {
  std::size_t path = 0;
  std::uint32_t line = 0;
  Diagnostic* finding = nullptr;
};

bool comes_before(const SortKey& a, const SortKey& b) {
  if (a.path != b.path) return a.path < b.path;
  if (a.line != b.line) return a.line < b.line;
  return printed_before(*a.finding, *b.finding);
}

std::vector<SortKey> keys_of(std::vector<Diagnostic>& findings) {
  std::vector<std::string_view> paths;
  for (const Diagnostic& finding : findings) {
    if (paths.empty() || paths.back() != finding.at.path) paths.push_back(finding.at.path);
  }
  std::sort(paths.begin(), paths.end());
  paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
  std::vector<SortKey> keys;
  keys.reserve(findings.size());
  std::size_t path = 0;  // findings of a file mostly follow each other
  for (Diagnostic& finding : findings) {
    if (paths[path] != finding.at.path) {
      const auto found = std::lower_bound(paths.begin(), paths.end(), finding.at.path);
      path = static_cast<std::size_t>(found - paths.begin());
    }
    keys.push_back({path, finding.at.line, &finding});
  }
  return keys;
}

}  // namespace

void sort_findings(std::vector<Diagnostic>& findings) {
  if (std::is_sorted(findings.begin(), findings.end(), printed_before)) return;
  std::vector<SortKey> keys = keys_of(findings);
  std::stable_sort(keys.begin(), keys.end(), comes_before);
  std::vector<Diagnostic> sorted;
  sorted.reserve(findings.size());
  for (const SortKey& key : keys) sorted.push_back(std::move(*key.finding));
  findings = std::move(sorted);
}

}  // namespace stepreg
