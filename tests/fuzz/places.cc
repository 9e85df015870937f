#include "places.h"

#include "base/check.h"
#include "base/text.h"

namespace stepreg::fuzz {

namespace {

std::uint32_t lines_of(const SourceFile& file) {
  return file.line_column(UINT32_MAX).line;
}

void check_location(const Location& at, const SourceLookup& sources) {
  if (at.line == 0) return;
  const SourceFile* file = sources(at.path);
  CHECK(file != nullptr);
  CHECK(at.line <= lines_of(*file));
  CHECK(at.column >= 1);
  // A line that ends in CR LF has a byte more than is shown of it.
  CHECK(at.column <= file->line_text(at.line).size() + 2);
  CHECK(at.end_line >= at.line);
  CHECK(at.end_line <= lines_of(*file));
  CHECK(at.end_line > at.line || at.end_column >= at.column);
  CHECK(at.end_column <= file->line_text(at.end_line).size() + 2);
  CHECK(at.excerpt.empty() || at.excerpt == file->line_text(at.line));
}

void check_edit(const Edit& edit, const SourceLookup& sources) {
  if (edit.whole_file) return;
  const SourceFile* file = sources(edit.path);
  CHECK(file != nullptr);
  CHECK(edit.offset <= file->text().size());
  CHECK(edit.length <= file->text().size() - edit.offset);
}

}  // namespace

void check_places(const Diagnostic& finding, const SourceLookup& sources) {
  CHECK(!finding.message.empty());
  CHECK(first_invalid_utf8(finding.message) == std::string_view::npos);
  check_location(finding.at, sources);
  for (const Note& note : finding.notes) check_location(note.at, sources);
  for (const Edit& edit : finding.edits) check_edit(edit, sources);
}

void check_places(const std::vector<Diagnostic>& findings, const SourceFile& file) {
  const auto only = [&](const std::string& path) { return path == file.path() ? &file : nullptr; };
  for (const Diagnostic& finding : findings) check_places(finding, only);
}

}  // namespace stepreg::fuzz
