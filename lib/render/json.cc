#include <string_view>

#include "diag/identity.h"
#include "render/formats.h"
#include "render/json_parts.h"

namespace stepreg {

std::string json_text(const OrderedJson& value, int indent) {
  return value.dump(indent, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
}

namespace {

constexpr std::string_view kFormat = "stepreg.findings";
constexpr std::string_view kVersion = "1.0";

OrderedJson location_json(const Location& at) {
  OrderedJson json{{"path", at.path}};
  if (at.line == 0) return json;
  json["line"] = at.line;
  if (at.column == 0) return json;
  json["column"] = at.column;
  if (at.end_line == 0) return json;
  json["end_line"] = at.end_line;
  json["end_column"] = at.end_column;
  return json;
}

OrderedJson fix_json(const Diagnostic& finding) {
  OrderedJson edits = OrderedJson::array();
  for (const Edit& edit : finding.edits) {
    OrderedJson json{{"path", edit.path}};
    if (!edit.whole_file) {
      json["offset"] = edit.offset;
      json["length"] = edit.length;
    }
    json["replacement"] = edit.replacement;
    edits.push_back(std::move(json));
  }
  return {{"safe", finding.fix == Fix::safe}, {"edits", std::move(edits)}};
}

std::string_view state_name(Diagnostic::State state) {
  switch (state) {
    case Diagnostic::State::active:
      return "active";
    case Diagnostic::State::ignored:
      return "ignored";
    case Diagnostic::State::baselined:
      break;
  }
  return "baselined";
}

OrderedJson finding_json(const Diagnostic& finding, const std::string& fingerprint) {
  const RuleInfo& info = finding.rule.info();
  OrderedJson json{{"code", info.code},
                   {"name", info.name},
                   {"severity", severity_name(finding.severity)},
                   {"message", finding.message},
                   {"location", location_json(finding.at)}};
  if (!finding.hint.empty()) json["hint"] = finding.hint;
  if (!finding.component.empty()) json["component"] = finding.component;
  if (!finding.subject.empty()) json["subject"] = finding.subject;
  if (!finding.way.empty()) json["way"] = finding.way;
  for (const Note& note : finding.notes) {
    OrderedJson& notes = json["notes"];
    notes.push_back({{"text", note.text}});
    if (!note.at.path.empty()) notes.back()["location"] = location_json(note.at);
  }
  if (finding.fix != Fix::none && !finding.edits.empty()) json["fix"] = fix_json(finding);
  json["state"] = state_name(finding.state);
  if (!finding.state_reason.empty()) json["state_reason"] = finding.state_reason;
  json["fingerprint"] = fingerprint;
  return json;
}

OrderedJson head_json(const Report& report) {
  return {{"format", kFormat},
          {"version", kVersion},
          {"tool", {{"name", "stepreg"}, {"version", STEPREG_VERSION}}},
          {"profile", profile_name(report.profile)}};
}

OrderedJson summary_json(const Report& report) {
  const FindingCounts counts = count_findings(report);
  return {{"errors", counts.errors},
          {"warnings", counts.warnings},
          {"infos", counts.infos},
          {"ignored", counts.ignored},
          {"baselined", counts.baselined},
          {"files_with_findings", counts.files},
          {"files_checked", report.files_checked},
          {"complete", report.complete},
          {"remarks", report.remarks}};
}

}  // namespace

namespace formats {

std::string json(const Report& report) {
  OrderedJson document = head_json(report);
  document["summary"] = summary_json(report);
  OrderedJson& findings = document["findings"] = OrderedJson::array();
  const std::vector<std::string> prints = fingerprints(report.findings);
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    findings.push_back(finding_json(report.findings[i], prints[i]));
  }
  return json_text(document, 2);
}

std::string jsonl(const Report& report) {
  OrderedJson start{{"type", "start"}};
  start.update(head_json(report));
  std::string out = json_text(start, -1);
  const std::vector<std::string> prints = fingerprints(report.findings);
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    OrderedJson line{{"type", "finding"}};
    line.update(finding_json(report.findings[i], prints[i]));
    out += json_text(line, -1);
  }
  OrderedJson end{{"type", "summary"}};
  end.update(summary_json(report));
  return out + json_text(end, -1);
}

}  // namespace formats
}  // namespace stepreg
