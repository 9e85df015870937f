// Fixes and columns in the units that other tools count in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/report.h"

namespace stepreg {

// An Edit with lines and columns instead of offsets.
struct LineEdit {
  std::string path;
  LineColumn begin;
  LineColumn end;  // behind the last byte that goes
  std::string text;
};

// The edits of a finding, or nullopt when one of them cannot be told by lines: the text is not
// known, or the file does not exist yet.
std::optional<std::vector<LineEdit>> line_edits(const Report& report, const Diagnostic& finding);

// The column in UTF-16 code units of the byte column `column` (both 1-based) of `line`.
std::uint32_t utf16_column(std::string_view line, std::uint32_t column);

}  // namespace stepreg
