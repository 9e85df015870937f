#include "base/text.h"
#include "render/formats.h"
#include "render/style.h"

namespace stepreg::formats {

std::string concise(std::span<const Diagnostic> findings, const RenderOptions& options) {
  const Style style{options.colour};
  std::string out;
  for (const Diagnostic& finding : findings) {
    if (finding.state != Diagnostic::State::active) continue;
    const RuleInfo& info = finding.rule.info();
    out.append(style.bold(printable(place_text(finding.at)))).append(": ");
    out.append(style.severity(finding.severity, severity_name(finding.severity))).append(": ");
    out.append(printable(finding.message)).append(" [");
    out.append(info.code).append(" ").append(info.name).append("]\n");
  }
  return out;
}

}  // namespace stepreg::formats
