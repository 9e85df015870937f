#include "diag/report.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>

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
  for (const PackedFindings& file : report.packed.files) {
    counts.errors += file.errors;
    counts.warnings += file.warnings;
    counts.infos += file.infos;
  }
  counts.files = files.size() + report.packed.files.size();
  return counts;
}

void unpack_all(Report& report) {
  if (report.packed.files.empty()) return;
  for (const PackedFindings& file : report.packed.files) {
    std::vector<Diagnostic> findings = unpack_findings(file);
    std::move(findings.begin(), findings.end(), std::back_inserter(report.findings));
  }
  report.packed = {};
  sort_findings(report.findings);
}

bool has_finding_at(const Report& report, Severity threshold) {
  const auto is_at = [&](const Diagnostic& finding) {
    return finding.state == Diagnostic::State::active && finding.severity >= threshold;
  };
  const auto has_at = [&](const PackedFindings& file) {
    return file.errors > 0 || (threshold <= Severity::warning && file.warnings > 0) ||
           (threshold <= Severity::info && file.infos > 0);
  };
  const std::vector<PackedFindings>& packed = report.packed.files;
  return std::any_of(report.findings.begin(), report.findings.end(), is_at) ||
         std::any_of(packed.begin(), packed.end(), has_at);
}

namespace {

// A finding is large and its path long: what is sorted is small, and the path a number.
struct SortKey {
  std::size_t path = 0;
  std::uint32_t line = 0, column = 0;
  const Diagnostic* finding = nullptr;
};

// As printed_before() does.
bool comes_before(const SortKey& a, const SortKey& b) {
  if (a.path != b.path) return a.path < b.path;
  if (a.line != b.line) return a.line < b.line;
  if (a.column != b.column) return a.column < b.column;
  if (a.finding->rule != b.finding->rule) {
    return a.finding->rule.info().code < b.finding->rule.info().code;
  }
  return a.finding->message < b.finding->message;
}

std::vector<SortKey> keys_of(const std::vector<Diagnostic>& findings) {
  std::vector<SortKey> keys;
  keys.reserve(findings.size());
  std::vector<std::string_view> paths;
  for (const Diagnostic& finding : findings) {
    // Findings of a file mostly follow each other.
    if (paths.empty() || paths.back() != finding.at.path) paths.push_back(finding.at.path);
    keys.push_back({paths.size() - 1, finding.at.line, finding.at.column, &finding});
  }
  std::vector<std::string_view> sorted = paths;
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  std::vector<std::size_t> ranks;
  ranks.reserve(paths.size());
  for (const std::string_view path : paths) {
    const auto found = std::lower_bound(sorted.begin(), sorted.end(), path);
    ranks.push_back(static_cast<std::size_t>(found - sorted.begin()));
  }
  for (SortKey& key : keys) key.path = ranks[key.path];
  return keys;
}

// Puts findings[from[i]] at i, along the cycles: a second list of all would cost more than the
// sorting.
void arrange(std::vector<std::size_t>& from, std::vector<Diagnostic>& findings) {
  for (std::size_t start = 0; start < from.size(); ++start) {
    if (from[start] == start) continue;
    Diagnostic first = std::move(findings[start]);
    std::size_t at = start;
    while (from[at] != start) {
      findings[at] = std::move(findings[from[at]]);
      at = std::exchange(from[at], at);
    }
    findings[at] = std::move(first);
    from[at] = at;
  }
}

}  // namespace

void sort_findings(std::vector<Diagnostic>& findings) {
  if (std::is_sorted(findings.begin(), findings.end(), printed_before)) return;
  sort_findings(findings, {});
}

void sort_findings(std::vector<Diagnostic>& findings, std::vector<Diagnostic>&& earlier) {
  const auto others = static_cast<std::ptrdiff_t>(findings.size());
  std::move(earlier.begin(), earlier.end(), std::back_inserter(findings));
  std::vector<SortKey> keys = keys_of(findings);
  std::rotate(keys.begin(), keys.begin() + others, keys.end());
  std::stable_sort(keys.begin(), keys.end(), comes_before);
  std::vector<std::size_t> from;
  from.reserve(keys.size());
  for (const SortKey& key : keys) {
    from.push_back(static_cast<std::size_t>(key.finding - findings.data()));
  }
  arrange(from, findings);
}

void drop_repeated(std::vector<Diagnostic>& sorted) {
  const auto same = [](const Diagnostic& a, const Diagnostic& b) {
    return a.rule == b.rule && a.at.path == b.at.path && a.at.line == b.at.line &&
           a.at.column == b.at.column && a.message == b.message;
  };
  sorted.erase(std::unique(sorted.begin(), sorted.end(), same), sorted.end());
}

}  // namespace stepreg
