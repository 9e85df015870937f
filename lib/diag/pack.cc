#include "diag/pack.h"

#include <algorithm>

#include "base/check.h"

namespace stepreg {

namespace {

template <class Enum>
Enum unpack_enum(PackReader& in, Enum last) {
  return static_cast<Enum>(std::min<std::uint64_t>(in.number(), static_cast<std::uint8_t>(last)));
}

void pack_edit(const Edit& edit, PackWriter& out) {
  out.text(edit.path);
  out.number(edit.offset);
  out.number(edit.length);
  out.text(edit.replacement);
  out.number(edit.whole_file ? 1 : 0);
}

Edit unpack_edit(PackReader& in) {
  Edit edit;
  edit.path = in.text();
  edit.offset = static_cast<std::uint32_t>(in.number());
  edit.length = static_cast<std::uint32_t>(in.number());
  edit.replacement = in.text();
  edit.whole_file = in.number() != 0;
  return edit;
}

// What a line says of a finding comes first, so that the rest need not be read for it.
void pack_line(const Diagnostic& finding, PackWriter& out) {
  CHECK(finding.state == Diagnostic::State::active);
  out.number(finding.rule.index());
  out.number(static_cast<std::uint64_t>(finding.severity));
  out.number(finding.at.line);
  out.number(finding.at.column);
  out.text(finding.message);
}

FindingLine unpack_line(PackReader& in) {
  const std::uint64_t index = in.number();
  FindingLine line{RuleId(index < kRuleCount ? index : 0), Severity::off, 0, 0, {}};
  line.severity = unpack_enum(in, Severity::error);
  line.line = static_cast<std::uint32_t>(in.number());
  line.column = static_cast<std::uint32_t>(in.number());
  line.message = in.text();
  return line;
}

void pack_rest(const Diagnostic& finding, PackWriter& out) {
  for (const auto* text : {&finding.at.path, &finding.at.excerpt, &finding.hint, &finding.component,
                           &finding.subject}) {
    out.text(*text);
  }
  out.number(finding.at.end_line);
  out.number(finding.at.end_column);
  out.number(finding.notes.size());
  for (const Note& note : finding.notes) {
    pack_location(note.at, out);
    out.text(note.text);
  }
  out.number(finding.way.size());
  for (const std::string& part : finding.way) out.text(part);
  out.number(finding.edits.size());
  for (const Edit& edit : finding.edits) pack_edit(edit, out);
  out.number(static_cast<std::uint64_t>(finding.fix));
}

Diagnostic unpack_rest(const FindingLine& line, PackReader& in) {
  Diagnostic finding(line.rule);
  finding.severity = line.severity;
  finding.at.line = line.line;
  finding.at.column = line.column;
  finding.message = line.message;
  for (auto* text : {&finding.at.path, &finding.at.excerpt, &finding.hint, &finding.component,
                     &finding.subject}) {
    *text = in.text();
  }
  finding.at.end_line = static_cast<std::uint32_t>(in.number());
  finding.at.end_column = static_cast<std::uint32_t>(in.number());
  finding.notes.resize(in.count());
  for (Note& note : finding.notes) {
    note.at = unpack_location(in);
    note.text = in.text();
  }
  finding.way.resize(in.count());
  for (std::string& part : finding.way) part = in.text();
  finding.edits.resize(in.count());
  for (Edit& edit : finding.edits) edit = unpack_edit(in);
  finding.fix = unpack_enum(in, Fix::unsafe);
  return finding;
}

std::vector<FindingLine> unpack_lines(PackReader& in) {
  std::vector<FindingLine> lines;
  const std::uint64_t count = in.count();
  lines.reserve(count);
  while (in.ok() && lines.size() < count) lines.push_back(unpack_line(in));
  return lines;
}

}  // namespace

void pack_location(const Location& at, PackWriter& out) {
  out.text(at.path);
  for (const std::uint32_t number : {at.line, at.column, at.end_line, at.end_column}) {
    out.number(number);
  }
  out.text(at.excerpt);
}

Location unpack_location(PackReader& in) {
  Location at;
  at.path = in.text();
  for (std::uint32_t* number : {&at.line, &at.column, &at.end_line, &at.end_column}) {
    *number = static_cast<std::uint32_t>(in.number());
  }
  at.excerpt = in.text();
  return at;
}

void pack_findings(const std::vector<Diagnostic>& findings, PackWriter& out) {
  out.number(findings.size());
  for (const Diagnostic& finding : findings) pack_line(finding, out);
  for (const Diagnostic& finding : findings) pack_rest(finding, out);
}

std::vector<Diagnostic> unpack_findings(PackReader& in) {
  std::vector<Diagnostic> findings;
  const std::vector<FindingLine> lines = unpack_lines(in);
  findings.reserve(lines.size());
  for (const FindingLine& line : lines) {
    if (in.ok()) findings.push_back(unpack_rest(line, in));
  }
  return findings;
}

std::vector<FindingLine> unpack_lines(const PackedFindings& packed) {
  PackReader in(packed.bytes);
  return unpack_lines(in);
}

std::vector<Diagnostic> unpack_findings(const PackedFindings& packed) {
  PackReader in(packed.bytes);
  return unpack_findings(in);
}

}  // namespace stepreg
