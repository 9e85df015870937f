#include "base/text.h"
#include "render/formats.h"
#include "render/style.h"

namespace stepreg::formats {

namespace {

// `place` can be printed as it is.
void add_line(const Style& style, std::string_view place, Severity severity,
              std::string_view message, RuleId rule, std::string& out) {
  const RuleInfo& info = rule.info();
  if (style.colour) {
    out.append(style.bold(place)).append(": ");
    out.append(style.severity(severity, severity_name(severity))).append(": ");
  } else {
    out.append(place).append(": ").append(severity_name(severity)).append(": ");
  }
  append_printable(message, out);
  out.append(" [");
  out.append(info.code).append(" ").append(info.name).append("]\n");
}

}  // namespace

std::string concise(std::span<const Diagnostic> findings, const RenderOptions& options) {
  const Style style{options.colour};
  std::string out;
  for (const Diagnostic& finding : findings) {
    if (finding.state != Diagnostic::State::active) continue;
    add_line(style, printable(place_text(finding.at)), finding.severity, finding.message,
             finding.rule, out);
  }
  return out;
}

std::string concise(const PackedFindings& packed, const RenderOptions& options) {
  const Style style{options.colour};
  std::string out;
  std::string place = printable(packed.path);
  const std::size_t path_bytes = place.size();
  for (const FindingLine& line : unpack_lines(packed)) {
    place.resize(path_bytes);
    append_line_and_column(line.line, line.column, place);
    add_line(style, place, line.severity, line.message, line.rule, out);
  }
  return out;
}

}  // namespace stepreg::formats
