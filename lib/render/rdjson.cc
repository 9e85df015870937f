// Reviewdog Diagnostic Format, one document. Columns count bytes, as ours do.
#include <string_view>

#include "render/formats.h"
#include "render/json_parts.h"
#include "render/text_range.h"

namespace stepreg::formats {

namespace {

std::string_view rd_severity(Severity severity) {
  if (severity == Severity::error) return "ERROR";
  return severity == Severity::warning ? "WARNING" : "INFO";
}

OrderedJson position_json(std::uint32_t line, std::uint32_t column) {
  OrderedJson position{{"line", line}};
  if (column > 0) position["column"] = column;
  return position;
}

OrderedJson file_range_json(const Location& at) {
  OrderedJson location{{"path", at.path}};
  if (at.line == 0) return location;
  location["range"]["start"] = position_json(at.line, at.column);
  if (at.end_line > 0) location["range"]["end"] = position_json(at.end_line, at.end_column);
  return location;
}

// A suggestion changes the file of the finding; other edits have no form here.
void add_suggestions(OrderedJson& json, const Report& report, const Diagnostic& finding) {
  if (finding.fix == Fix::none || finding.edits.size() != 1) return;
  const auto edits = line_edits(report, finding);
  if (!edits || edits->front().path != finding.at.path) return;
  const LineEdit& edit = edits->front();
  json["suggestions"].push_back({{"range",
                                  {{"start", position_json(edit.begin.line, edit.begin.column)},
                                   {"end", position_json(edit.end.line, edit.end.column)}}},
                                 {"text", edit.text}});
}

}  // namespace

std::string rdjson(const Report& report) {
  OrderedJson diagnostics = OrderedJson::array();
  for (const Diagnostic& finding : report.findings) {
    if (finding.state != Diagnostic::State::active) continue;
    const std::string hint = finding.hint.empty() ? "" : "\n" + finding.hint;
    OrderedJson json{{"message", finding.message + hint},
                     {"location", file_range_json(finding.at)},
                     {"severity", rd_severity(finding.severity)},
                     {"code", {{"value", finding.rule.info().code}}}};
    for (const Note& note : finding.notes) {
      if (note.at.path.empty()) continue;
      json["related_locations"].push_back(
          {{"message", note.text}, {"location", file_range_json(note.at)}});
    }
    add_suggestions(json, report, finding);
    diagnostics.push_back(std::move(json));
  }
  return json_text({{"source", {{"name", "stepreg"}}}, {"diagnostics", std::move(diagnostics)}}, 2);
}

}  // namespace stepreg::formats
