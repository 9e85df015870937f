#include "render/text_range.h"

#include <algorithm>

namespace stepreg {

std::optional<std::vector<LineEdit>> line_edits(const Report& report, const Diagnostic& finding) {
  std::vector<LineEdit> edits;
  for (const Edit& edit : finding.edits) {
    const SourceFile* file = report.sources ? report.sources(edit.path) : nullptr;
    if (file == nullptr) return std::nullopt;
    const std::uint32_t begin = edit.whole_file ? 0 : edit.offset;
    const std::uint32_t end = edit.whole_file ? static_cast<std::uint32_t>(file->text().size())
                                              : edit.offset + edit.length;
    edits.push_back(
        {edit.path, file->line_column(begin), file->line_column(end), edit.replacement});
  }
  return edits;
}

std::uint32_t utf16_column(std::string_view line, std::uint32_t column) {
  std::uint32_t units = 1;
  const std::size_t end = std::min<std::size_t>(column > 0 ? column - 1 : 0, line.size());
  for (std::size_t i = 0; i < end; ++i) {
    const auto byte = static_cast<unsigned char>(line[i]);
    if ((byte & 0xC0) == 0x80) continue;  // the rest of a character
    units += byte >= 0xF0 ? 2 : 1;        // beyond the basic plane: a surrogate pair
  }
  // A column past the line's end stays past it by as much.
  return units + (column > 0 ? column - 1 - static_cast<std::uint32_t>(end) : 0);
}

}  // namespace stepreg
