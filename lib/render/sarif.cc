// SARIF 2.1.0 (OASIS). Columns are UTF-16 code units, as its viewers count.
#include <string_view>

#include "base/text.h"
#include "diag/identity.h"
#include "render/formats.h"
#include "render/json_parts.h"
#include "render/text_range.h"

namespace stepreg::formats {

namespace {

constexpr std::string_view kSchema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

std::string_view level(Severity severity) {
  if (severity == Severity::error) return "error";
  return severity == Severity::warning ? "warning" : "note";
}

// A path as a URI reference: everything but unreserved characters and slashes is escaped.
std::string uri_of(std::string_view path) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/@+";
  constexpr char kDigits[] = "0123456789ABCDEF";
  while (path.starts_with("./")) path.remove_prefix(2);
  std::string uri = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    if (kPlain.find(c) != std::string_view::npos) {
      uri += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    uri += '%';
    uri += kDigits[byte >> 4];
    uri += kDigits[byte & 15];
  }
  return uri;
}

OrderedJson text_json(std::string_view text) {
  return {{"text", text}};
}

std::string sentence(std::string_view text) {
  std::string out(text);
  if (!out.empty() && out[0] >= 'a' && out[0] <= 'z')
    out[0] = static_cast<char>(out[0] - 'a' + 'A');
  if (!out.empty() && out.back() != '.' && out.back() != '?') out += '.';
  return out;
}

// A finding about a file as a whole points at its first line: code scanning wants a line.
OrderedJson region_json(const Location& at) {
  if (at.line == 0) return {{"startLine", 1}};
  OrderedJson region{{"startLine", at.line}};
  if (at.column > 0) {
    region["startColumn"] = utf16_column(at.excerpt, at.column);
    if (at.end_line == at.line && at.end_column > at.column) {
      region["endColumn"] = utf16_column(at.excerpt, at.end_column);
    }
  }
  return region;
}

OrderedJson artifact_json(const std::string& path) {
  OrderedJson artifact{{"uri", uri_of(path)}};
  if (!path.starts_with('/')) artifact["uriBaseId"] = "ROOT";
  return artifact;
}

OrderedJson physical_location_json(const Location& at) {
  OrderedJson physical{{"artifactLocation", artifact_json(at.path)}, {"region", region_json(at)}};
  if (!at.excerpt.empty()) {
    physical["contextRegion"] = {{"startLine", at.line}, {"snippet", text_json(at.excerpt)}};
  }
  return {{"physicalLocation", std::move(physical)}};
}

OrderedJson rule_json(const RuleInfo& info, Profile profile) {
  const std::string examples = "Fires:\n\n```\n" + std::string(info.bad) +
                               "\n```\n\nMended:\n\n```\n" + std::string(info.good) + "\n```\n";
  const Severity severity = severity_in(info, profile);
  OrderedJson configuration{{"enabled", severity != Severity::off}};
  configuration["level"] = severity == Severity::off ? "none" : std::string(level(severity));
  return {{"id", info.code},
          {"name", info.name},
          {"shortDescription", text_json(sentence(info.summary))},
          {"fullDescription", text_json(info.explanation)},
          {"help",
           {{"text", std::string(info.explanation) + "\n\nFires: " + std::string(info.bad) +
                         "\n\nMended: " + std::string(info.good)},
            {"markdown", std::string(info.explanation) + "\n\n" + examples}}},
          {"defaultConfiguration", std::move(configuration)},
          {"properties", {{"tags", OrderedJson::array({"step-registry"})}}}};
}

OrderedJson replacement_json(const LineEdit& edit, std::string_view first, std::string_view last) {
  return {{"deletedRegion",
           {{"startLine", edit.begin.line},
            {"startColumn", utf16_column(first, edit.begin.column)},
            {"endLine", edit.end.line},
            {"endColumn", utf16_column(last, edit.end.column)}}},
          {"insertedContent", text_json(edit.text)}};
}

// One fix with the changes of each file, or nothing when they cannot be told by lines.
void add_fix(OrderedJson& result, const Report& report, const Diagnostic& finding) {
  if (finding.fix == Fix::none || finding.edits.empty()) return;
  const auto edits = line_edits(report, finding);
  if (!edits) return;
  OrderedJson changes = OrderedJson::array();
  for (const LineEdit& edit : *edits) {
    const SourceFile* file = report.sources(edit.path);
    OrderedJson replacement =
        replacement_json(edit, file->line_text(edit.begin.line), file->line_text(edit.end.line));
    const OrderedJson artifact = artifact_json(edit.path);
    if (changes.empty() || changes.back()["artifactLocation"] != artifact) {
      changes.push_back({{"artifactLocation", artifact}, {"replacements", OrderedJson::array()}});
    }
    changes.back()["replacements"].push_back(std::move(replacement));
  }
  const std::string_view text = finding.fix == Fix::safe
                                    ? "Mend it without changing what the tree means."
                                    : "Mend it by this guess.";
  result["fixes"] = OrderedJson::array(
      {{{"description", text_json(text)}, {"artifactChanges", std::move(changes)}}});
}

void add_suppression(OrderedJson& result, const Diagnostic& finding) {
  if (finding.state == Diagnostic::State::active) {
    result["suppressions"] = OrderedJson::array();
    return;
  }
  OrderedJson suppression{
      {"kind", finding.state == Diagnostic::State::ignored ? "inSource" : "external"}};
  if (!finding.state_reason.empty()) suppression["justification"] = finding.state_reason;
  result["suppressions"] = OrderedJson::array({std::move(suppression)});
}

void add_related(OrderedJson& result, const Diagnostic& finding) {
  OrderedJson related = OrderedJson::array();
  for (const Note& note : finding.notes) {
    if (note.at.path.empty()) continue;
    OrderedJson location = physical_location_json(note.at);
    location["id"] = related.size() + 1;
    location["message"] = text_json(sentence(note.text));
    related.push_back(std::move(location));
  }
  if (!related.empty()) result["relatedLocations"] = std::move(related);
}

std::string message_of(const Diagnostic& finding) {
  std::string text = sentence(finding.message);
  if (!finding.way.empty()) text += " Way: " + join(finding.way, " > ") + ".";
  if (!finding.hint.empty()) text += " " + sentence(finding.hint);
  return text;
}

OrderedJson result_json(const Report& report, const Diagnostic& finding,
                        const std::string& fingerprint) {
  OrderedJson result{{"ruleId", finding.rule.info().code},
                     {"ruleIndex", finding.rule.index()},
                     {"level", level(finding.severity)},
                     {"message", text_json(message_of(finding))}};
  if (!finding.at.path.empty()) {
    OrderedJson location = physical_location_json(finding.at);
    if (!finding.component.empty()) {
      location["logicalLocations"] =
          OrderedJson::array({{{"fullyQualifiedName", finding.component}}});
    }
    result["locations"] = OrderedJson::array({std::move(location)});
  }
  add_related(result, finding);
  result["partialFingerprints"] = {{"stepregFinding/v1", fingerprint}};
  add_fix(result, report, finding);
  add_suppression(result, finding);
  return result;
}

OrderedJson invocation_json(const Report& report) {
  OrderedJson invocation{{"executionSuccessful", report.complete}};
  for (const std::string& remark : report.remarks) {
    invocation["toolExecutionNotifications"].push_back(
        {{"level", "note"}, {"message", text_json(sentence(remark))}});
  }
  return invocation;
}

OrderedJson driver_json(const Report& report) {
  OrderedJson rules = OrderedJson::array();
  for (std::size_t i = 0; i < kRuleCount; ++i) {
    rules.push_back(rule_json(RuleId(i).info(), report.profile));
  }
  return {{"name", "stepreg"},
          {"fullName", "stepreg " STEPREG_VERSION},
          {"version", STEPREG_VERSION},
          {"semanticVersion", STEPREG_VERSION},
          {"rules", std::move(rules)}};
}

}  // namespace

std::string sarif(const Report& report) {
  OrderedJson results = OrderedJson::array();
  const std::vector<std::string> prints = fingerprints(report.findings);
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    results.push_back(result_json(report, report.findings[i], prints[i]));
  }
  OrderedJson run{{"tool", {{"driver", driver_json(report)}}},
                  {"invocations", OrderedJson::array({invocation_json(report)})},
                  {"originalUriBaseIds",
                   {{"ROOT", {{"description", text_json("The directory where stepreg ran.")}}}}},
                  {"columnKind", "utf16CodeUnits"},
                  {"results", std::move(results)}};
  return json_text(
      {{"$schema", kSchema}, {"version", "2.1.0"}, {"runs", OrderedJson::array({std::move(run)})}},
      2);
}

}  // namespace stepreg::formats
