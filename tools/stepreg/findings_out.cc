#include "stepreg/findings_out.h"

#include <algorithm>

#include "base/text.h"
#include "common/terminal.h"

namespace stepreg::tools {

void complain(std::vector<Diagnostic> findings) {
  std::erase_if(findings, [](const Diagnostic& f) { return f.severity != Severity::error; });
  std::sort(findings.begin(), findings.end(), printed_before);
  for (const Diagnostic& finding : findings) {
    print_error(finding.at.path + ":" + std::to_string(finding.at.line) + ":" +
                std::to_string(finding.at.column) + ": error: " + finding.message + " [" +
                std::string(finding.rule.info().name) + "]\n");
    if (!finding.hint.empty()) print_error("  " + finding.hint + "\n");
  }
}

void complain(const std::string& text, const std::string& hint) {
  print_error("stepreg: " + text + "\n");
  if (!hint.empty()) print_error("  " + hint + "\n");
}

void say_incomplete(const std::vector<std::string>& incomplete) {
  constexpr std::size_t kShown = 5;
  if (incomplete.empty()) return;
  std::vector<std::string> shown(
      incomplete.begin(),
      incomplete.begin() + static_cast<std::ptrdiff_t>(std::min(kShown, incomplete.size())));
  for (std::string& name : shown) name = in_quotes(name);
  if (incomplete.size() > kShown) shown.emplace_back("...");
  complain("the answer is partial: " + counted(incomplete.size(), "thing") +
           " could not be resolved: " + join(shown, ", "));
}

}  // namespace stepreg::tools
