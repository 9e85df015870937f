#include "render/excerpt.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"

namespace stepreg {

namespace {

constexpr std::size_t kTabWidth = 4;
constexpr std::size_t kMaxWidth = 120;   // columns of a shown line
constexpr std::size_t kBeforeMark = 60;  // columns kept before the mark of a longer one
constexpr std::string_view kCut = "...";

// A line as it is shown: one entry per character, so that it can be cut and measured.
struct ShownLine {
  std::vector<std::string> cells;
  std::size_t mark_begin = 0;  // index into cells
  std::size_t mark_end = 0;
};

// Characters that terminals show two columns wide: East Asian scripts and pictures.
bool is_wide(std::string_view character) {
  if (character.size() < 3) return false;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
  if (character.size() == 4) return byte(0) == 0xF0 && byte(1) >= 0x9F;
  const unsigned code = (byte(0) & 0x0FU) << 12 | (byte(1) & 0x3FU) << 6 | (byte(2) & 0x3FU);
  return (code >= 0x1100 && code <= 0x115F) || (code >= 0x2E80 && code <= 0xA4CF) ||
         (code >= 0xAC00 && code <= 0xD7A3) || (code >= 0xF900 && code <= 0xFAFF) ||
         (code >= 0xFE30 && code <= 0xFE6F) || (code >= 0xFF00 && code <= 0xFF60);
}

std::size_t width_of(const std::string& cell) {
  if (static_cast<unsigned char>(cell[0]) < 0x80) return cell.size();  // escapes are longer
  return is_wide(cell) ? 2 : 1;
}

std::size_t character_bytes(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
  return end - at;
}

ShownLine shown_line(const Location& at) {
  const std::string_view line = at.excerpt;
  const std::size_t begin = at.column > 0 ? at.column - 1 : 0;
  std::size_t end = line.size();
  if (at.end_line == at.line && at.end_column > at.column) end = at.end_column - 1;
  end = std::max(end, begin + 1);
  ShownLine shown;
  for (std::size_t i = 0; i < line.size();) {
    if (i <= begin) shown.mark_begin = shown.cells.size();
    const std::size_t bytes = character_bytes(line, i);
    shown.cells.push_back(line[i] == '\t' ? std::string(kTabWidth, ' ')
                                          : printable(line.substr(i, bytes)));
    if (i < end) shown.mark_end = shown.cells.size();
    i += bytes;
  }
  if (begin >= line.size()) {  // the mark stands behind the last character
    shown.mark_begin = shown.cells.size();
    shown.mark_end = shown.mark_begin + 1;
  }
  return shown;
}

std::size_t width_between(const ShownLine& line, std::size_t begin, std::size_t end) {
  std::size_t width = 0;
  for (std::size_t i = begin; i < end; ++i)
    width += i < line.cells.size() ? width_of(line.cells[i]) : 1;
  return width;
}

struct Window {
  std::size_t begin = 0;
  std::size_t end = 0;
};

Window window_of(const ShownLine& line) {
  Window window{0, line.cells.size()};
  if (width_between(line, 0, line.cells.size()) <= kMaxWidth) return window;
  window.begin = line.mark_begin > kBeforeMark ? line.mark_begin - kBeforeMark : 0;
  window.end = window.begin;
  std::size_t width = 0;
  while (window.end < line.cells.size() && width < kMaxWidth)
    width += width_of(line.cells[window.end++]);
  return window;
}

std::string line_text(const ShownLine& line, Window window) {
  std::string text = window.begin > 0 ? std::string(kCut) : "";
  for (std::size_t i = window.begin; i < window.end; ++i) text += line.cells[i];
  if (window.end < line.cells.size()) text += kCut;
  return text;
}

std::string mark_line(const ShownLine& line, Window window, const Mark& mark, Severity severity,
                      const Style& style) {
  const std::size_t end = std::max(std::min(line.mark_end, window.end), line.mark_begin + 1);
  const std::size_t before =
      (window.begin > 0 ? kCut.size() : 0) + width_between(line, window.begin, line.mark_begin);
  const std::size_t width = width_between(line, line.mark_begin, end);
  std::string signs(width, mark.primary ? '^' : '-');
  if (!mark.text.empty()) signs += " " + printable(mark.text);
  return std::string(before, ' ') +
         (mark.primary ? style.severity(severity, signs) : style.second(signs));
}

std::string bar(std::string_view number, std::size_t gutter, const Style& style) {
  return style.frame(std::string(gutter - number.size(), ' ') + std::string(number) + " |");
}

}  // namespace

std::string render_excerpt(std::vector<Mark> marks, std::size_t gutter, Severity severity,
                           const Style& style) {
  std::stable_sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) {
    return a.at->line != b.at->line ? a.at->line < b.at->line : a.at->column < b.at->column;
  });
  std::string out = bar("", gutter, style) + "\n";
  std::uint32_t previous = 0;
  Window window;
  for (const Mark& mark : marks) {
    const ShownLine line = shown_line(*mark.at);
    if (mark.at->line != previous) {
      if (previous != 0 && mark.at->line > previous + 1) out += style.frame("...") + "\n";
      window = window_of(line);
      const std::string text = line_text(line, window);
      out += bar(std::to_string(mark.at->line), gutter, style) + (text.empty() ? "" : " ") + text +
             "\n";
    }
    if (mark.at->column > 0) {
      out += bar("", gutter, style) + " " + mark_line(line, window, mark, severity, style) + "\n";
    }
    previous = mark.at->line;
  }
  return out;
}

std::string excerpt_header(const Location& at, std::size_t gutter, bool primary,
                           const Style& style) {
  return std::string(gutter, ' ') + style.frame(primary ? "-->" : ":::") + " " +
         printable(place_text(at)) + "\n";
}

}  // namespace stepreg
