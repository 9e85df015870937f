#include "diag/diagnostic.h"

#include <tuple>

namespace stepreg {

Location Location::of(Place place) {
  Location at;
  if (!place) return at;
  at.path = place.file->path();
  const LineColumn begin = place.line_column();
  const LineColumn end = place.file->line_column(token_end(place.file->text(), place.offset));
  at.line = begin.line;
  at.column = begin.column;
  at.end_line = end.line;
  at.end_column = end.column;
  const std::string_view line = place.file->line_text(begin.line);
  if (line.size() <= kMaxExcerptBytes) at.excerpt = line;
  return at;
}

Location Location::of_file(std::string path) {
  Location at;
  at.path = std::move(path);
  return at;
}

bool printed_before(const Diagnostic& a, const Diagnostic& b) {
  if (const int order = a.at.path.compare(b.at.path); order != 0) return order < 0;
  const auto key = [](const Diagnostic& d) {
    return std::make_tuple(d.at.line, d.at.column, d.rule.info().code, std::string_view(d.message));
  };
  return key(a) < key(b);
}

}  // namespace stepreg
