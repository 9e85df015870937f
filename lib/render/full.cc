#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "render/excerpt.h"
#include "render/formats.h"
#include "render/style.h"

namespace stepreg::formats {

namespace {

bool has_excerpt(const Location& at) {
  return !at.path.empty() && at.line > 0;
}

// The marks of one file of a finding; the first is where its header points.
struct FileMarks {
  std::string_view path;
  std::vector<Mark> marks;
};

std::vector<FileMarks> marks_by_file(const Diagnostic& finding) {
  std::vector<FileMarks> files;
  const auto add = [&](const Location& at, std::string text, bool primary) {
    const auto same = [&](const FileMarks& file) { return file.path == at.path; };
    auto file = std::find_if(files.begin(), files.end(), same);
    if (file == files.end()) file = files.insert(files.end(), {at.path, {}});
    file->marks.push_back({&at, std::move(text), primary});
  };
  if (has_excerpt(finding.at)) add(finding.at, "", true);
  for (const Note& note : finding.notes) {
    if (has_excerpt(note.at)) add(note.at, note.text, false);
  }
  return files;
}

std::size_t gutter_of(const std::vector<FileMarks>& files) {
  std::uint32_t largest = 0;
  for (const FileMarks& file : files) {
    for (const Mark& mark : file.marks) largest = std::max(largest, mark.at->line);
  }
  return std::to_string(largest).size() + 1;
}

// "   = LABEL: TEXT", further lines of the text under its first one.
std::string detail(std::size_t gutter, std::string_view label, std::string_view text,
                   const Style& style) {
  std::string out = std::string(gutter, ' ') + style.frame(" = ") + style.help(label) + ": ";
  const std::string indent(gutter + 3 + label.size() + 2, ' ');
  bool first = true;
  for (const std::string_view line : split(text, '\n')) {
    out += (first ? "" : indent) + printable(line) + "\n";
    first = false;
  }
  return out;
}

std::string_view fix_text(const Diagnostic& finding) {
  if (finding.edits.empty()) return {};
  if (finding.fix == Fix::safe) return "`--fix` mends it";
  if (finding.fix == Fix::unsafe) return "`--unsafe-fixes` mends it by this guess";
  return {};
}

std::string details(const Diagnostic& finding, std::size_t gutter, const Style& style) {
  std::string out;
  for (const Note& note : finding.notes) {
    if (has_excerpt(note.at)) continue;
    const std::string where = note.at.path.empty() ? "" : place_text(note.at) + ": ";
    out += detail(gutter, "note", where + note.text, style);
  }
  if (!finding.way.empty()) out += detail(gutter, "way", join(finding.way, " > "), style);
  if (!finding.hint.empty()) out += detail(gutter, "help", finding.hint, style);
  const std::string_view fix = fix_text(finding);
  if (!fix.empty()) out += detail(gutter, "fix", fix, style);
  return out;
}

std::string finding_text(const Diagnostic& finding, const Style& style) {
  const RuleInfo& info = finding.rule.info();
  const std::string title = std::string(severity_name(finding.severity)) + "[" +
                            std::string(info.code) + " " + std::string(info.name) + "]";
  std::string out = style.severity(finding.severity, title) +
                    style.bold(": " + printable(finding.message)) + "\n";
  const std::vector<FileMarks> files = marks_by_file(finding);
  const std::size_t gutter = gutter_of(files);
  if (!has_excerpt(finding.at) && !finding.at.path.empty()) {
    out += excerpt_header(finding.at, gutter, true, style);
  }
  for (const FileMarks& file : files) {
    const bool primary = file.marks.front().primary;
    out += excerpt_header(*file.marks.front().at, gutter, primary, style);
    out += render_excerpt(file.marks, gutter, finding.severity, style);
  }
  return out + details(finding, gutter, style);
}

}  // namespace

std::string full(const Report& report, const RenderOptions& options) {
  const Style style{options.colour};
  std::string out;
  for (const Diagnostic& finding : report.findings) {
    if (finding.state != Diagnostic::State::active) continue;
    if (!out.empty()) out += "\n";
    out += finding_text(finding, style);
  }
  return out;
}

}  // namespace stepreg::formats
