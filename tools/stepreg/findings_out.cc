#include "stepreg/findings_out.h"

#include <algorithm>
#include <cstdio>

#include "base/text.h"

namespace stepreg::tools {

void complain(std::vector<Diagnostic> findings) {
  std::erase_if(findings, [](const Diagnostic& f) { return f.severity != Severity::error; });
  std::sort(findings.begin(), findings.end(), printed_before);
  for (const Diagnostic& finding : findings) {
    std::fprintf(stderr, "%s:%u:%u: error: %s [%s]\n", finding.at.path.c_str(), finding.at.line,
                 finding.at.column, finding.message.c_str(),
                 std::string(finding.rule.info().name).c_str());
    if (!finding.hint.empty()) std::fprintf(stderr, "  %s\n", finding.hint.c_str());
  }
}

void complain(const std::string& text, const std::string& hint) {
  std::fprintf(stderr, "stepreg: %s\n", text.c_str());
  if (!hint.empty()) std::fprintf(stderr, "  %s\n", hint.c_str());
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
