#include "source/source_file.h"

#include <algorithm>

namespace stepreg {

const std::vector<std::uint32_t>& SourceFile::line_starts() const {
  std::call_once(lines_once_, [this] {
    lines_.push_back(0);
    for (std::size_t i = text_.find('\n'); i != std::string::npos; i = text_.find('\n', i + 1)) {
      lines_.push_back(static_cast<std::uint32_t>(i + 1));
    }
  });
  return lines_;
}

LineColumn SourceFile::line_column(std::uint32_t offset) const {
  offset = std::min(offset, static_cast<std::uint32_t>(text_.size()));
  const auto& starts = line_starts();
  const auto next = std::upper_bound(starts.begin(), starts.end(), offset);
  return {static_cast<std::uint32_t>(next - starts.begin()), offset - *(next - 1) + 1};
}

std::size_t SourceFile::line_start(std::uint32_t line) const {
  const auto& starts = line_starts();
  return line > starts.size() ? text_.size() : starts[line - 1];
}

std::string_view SourceFile::line_text(std::uint32_t line) const {
  const auto& starts = line_starts();
  if (line == 0 || line > starts.size()) return {};
  const std::size_t begin = starts[line - 1];
  std::size_t end = text_.find('\n', begin);
  if (end == std::string::npos) end = text_.size();
  if (end > begin && text_[end - 1] == '\r') --end;
  return text_.substr(begin, end - begin);
}

namespace {

// The end of a quoted scalar on the line of its opening quote, or npos.
std::size_t closing_quote(std::string_view text, std::size_t begin) {
  const char quote = text[begin];
  for (std::size_t i = begin + 1; i < text.size() && text[i] != '\n'; ++i) {
    if (quote == '"' && text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      if (quote == '"' || i + 1 >= text.size() || text[i + 1] != quote) return i + 1;
      ++i;  // '' inside single quotes
    }
  }
  return std::string_view::npos;
}

bool ends_plain_scalar(std::string_view text, std::size_t i) {
  const char c = text[i];
  if (c == '\n' || c == '\r') return true;
  if (c == ':') return i + 1 >= text.size() || text[i + 1] == ' ' || text[i + 1] == '\n';
  if (c == '#') return i > 0 && (text[i - 1] == ' ' || text[i - 1] == '\t');
  return c == ',' || c == ']' || c == '}';
}

}  // namespace

std::uint32_t token_end(std::string_view text, std::uint32_t offset) {
  if (offset >= text.size()) return offset;
  std::size_t end = std::string_view::npos;
  if (text[offset] == '"' || text[offset] == '\'') end = closing_quote(text, offset);
  if (end == std::string_view::npos) {
    end = offset;
    while (end < text.size() && !ends_plain_scalar(text, end)) ++end;
    while (end > offset && (text[end - 1] == ' ' || text[end - 1] == '\t')) --end;
  }
  return static_cast<std::uint32_t>(std::max<std::size_t>(end, offset + 1));
}

}  // namespace stepreg
