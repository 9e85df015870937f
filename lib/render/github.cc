// Workflow commands of GitHub Actions. The service shows ten of each severity per step, so the most
// severe come first.
#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "render/formats.h"

namespace stepreg::formats {

namespace {

std::string escaped(std::string_view text, bool property) {
  std::string out;
  for (const char c : valid_utf8(text)) {
    if (c == '%') {
      out += "%25";
    } else if (c == '\r') {
      out += "%0D";
    } else if (c == '\n') {
      out += "%0A";
    } else if (property && c == ':') {
      out += "%3A";
    } else if (property && c == ',') {
      out += "%2C";
    } else {
      out += c;
    }
  }
  return out;
}

std::string_view command(Severity severity) {
  if (severity == Severity::error) return "error";
  return severity == Severity::warning ? "warning" : "notice";
}

// Columns only for a finding on one line: the service refuses them otherwise.
std::string place(const Location& at) {
  std::string out = "file=" + escaped(at.path, true);
  if (at.line == 0) return out;
  out += ",line=" + std::to_string(at.line);
  if (at.end_line != at.line) return out;
  out += ",endLine=" + std::to_string(at.end_line) + ",col=" + std::to_string(at.column);
  if (at.end_column > at.column) out += ",endColumn=" + std::to_string(at.end_column);
  return out;
}

std::string annotation_text(const Diagnostic& finding) {
  std::string text = finding.message;
  for (const Note& note : finding.notes) {
    text += "\n" + note.text;
    if (!note.at.path.empty()) text += ": " + note.at.path;
    if (note.at.line > 0) text += ":" + std::to_string(note.at.line);
  }
  if (!finding.way.empty()) text += "\nway: " + join(finding.way, " > ");
  if (!finding.hint.empty()) text += "\nhelp: " + finding.hint;
  return text;
}

}  // namespace

std::string github(const Report& report) {
  std::vector<const Diagnostic*> order;
  for (const Diagnostic& finding : report.findings) {
    if (finding.state == Diagnostic::State::active) order.push_back(&finding);
  }
  std::stable_sort(order.begin(), order.end(), [](const Diagnostic* a, const Diagnostic* b) {
    return a->severity > b->severity;
  });
  std::string out;
  for (const Diagnostic* finding : order) {
    const RuleInfo& info = finding->rule.info();
    const std::string title = std::string(info.code) + " " + std::string(info.name);
    out += "::" + std::string(command(finding->severity)) + " " + place(finding->at) +
           ",title=" + escaped(title, true) + "::" + escaped(annotation_text(*finding), false) +
           "\n";
  }
  return out;
}

}  // namespace stepreg::formats
