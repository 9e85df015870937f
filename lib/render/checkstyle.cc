// The XML of Checkstyle, which many reviewers and editors read.
#include <algorithm>
#include <string_view>

#include "base/xml.h"
#include "render/formats.h"

namespace stepreg::formats {

std::string checkstyle(const Report& report) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n";
  std::string_view open;
  bool is_open = false;
  for (const Diagnostic& finding : report.findings) {
    if (finding.state != Diagnostic::State::active) continue;
    if (!is_open || open != finding.at.path) {
      if (is_open) out += "  </file>\n";
      out += "  <file name=\"" + xml_escaped(finding.at.path) + "\">\n";
      open = finding.at.path;
      is_open = true;
    }
    const std::string hint = finding.hint.empty() ? "" : "; " + finding.hint;
    const RuleInfo& info = finding.rule.info();
    out += "    <error line=\"" + std::to_string(std::max(1U, finding.at.line)) + "\" column=\"" +
           std::to_string(std::max(1U, finding.at.column)) + "\" severity=\"" +
           std::string(severity_name(finding.severity)) + "\" message=\"" +
           xml_escaped(finding.message + hint) + "\" source=\"stepreg." + std::string(info.code) +
           "." + std::string(info.name) + "\"/>\n";
  }
  if (is_open) out += "  </file>\n";
  return out + "</checkstyle>\n";
}

}  // namespace stepreg::formats
