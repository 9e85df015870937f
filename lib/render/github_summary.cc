#include "render/github_summary.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "render/findings.h"

namespace stepreg {

namespace {

constexpr std::size_t kMaxListed = 50;  // the service cuts a summary at 1 MiB

// One cell of a table.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : valid_utf8(text)) {
    if (c == '|') out += '\\';
    if (c == '<') {
      out += "&lt;";
    } else {
      out += c == '\n' || c == '\r' ? ' ' : c;
    }
  }
  return out;
}

std::string place(const Location& at) {
  std::string text = "`" + at.path;
  if (at.line > 0) text += ":" + std::to_string(at.line);
  return text + "`";
}

std::string rule_table(const std::map<std::size_t, std::size_t>& counts,
                       const std::map<std::size_t, Severity>& severities) {
  std::string out = "| rule | severity | findings |\n|---|---|---:|\n";
  for (const auto& [index, count] : counts) {
    const RuleInfo& info = RuleId(index).info();
    out += "| " + std::string(info.code) + " " + std::string(info.name) + ": " +
           cell(info.summary) + " | " + std::string(severity_name(severities.at(index))) + " | " +
           std::to_string(count) + " |\n";
  }
  return out;
}

}  // namespace

std::string github_summary(const Report& report) {
  std::vector<const Diagnostic*> order;
  std::map<std::size_t, std::size_t> counts;
  std::map<std::size_t, Severity> severities;
  for (const Diagnostic& finding : report.findings) {
    if (finding.state != Diagnostic::State::active) continue;
    order.push_back(&finding);
    ++counts[finding.rule.index()];
    Severity& worst = severities[finding.rule.index()];
    worst = std::max(worst, finding.severity);
  }
  std::string out = "### stepreg lint\n\n" + summary_line(report) + "\n";
  if (order.empty()) return out;
  out += "\n" + rule_table(counts, severities) + "\n";
  std::stable_sort(order.begin(), order.end(), [](const Diagnostic* a, const Diagnostic* b) {
    return a->severity > b->severity;
  });
  out += "| place | finding |\n|---|---|\n";
  for (std::size_t i = 0; i < std::min(order.size(), kMaxListed); ++i) {
    out += "| " + place(order[i]->at) + " | " + cell(order[i]->message) + " (" +
           std::string(order[i]->rule.info().name) + ") |\n";
  }
  if (order.size() > kMaxListed) {
    out += "\nand " + std::to_string(order.size() - kMaxListed) + " more\n";
  }
  return out;
}

}  // namespace stepreg
