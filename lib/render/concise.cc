#include "base/text.h"
#include "render/formats.h"
#include "render/style.h"

namespace stepreg::formats {

std::string concise(const Report& report, const RenderOptions& options) {
  const Style style{options.colour};
  std::string out;
  for (const Diagnostic& finding : report.findings) {
    if (finding.state != Diagnostic::State::active) continue;
    const RuleInfo& info = finding.rule.info();
    out += style.bold(printable(place_text(finding.at))) + ": " +
           style.severity(finding.severity, severity_name(finding.severity)) + ": " +
           printable(finding.message) + " [" + std::string(info.code) + " " +
           std::string(info.name) + "]\n";
  }
  return out;
}

}  // namespace stepreg::formats
