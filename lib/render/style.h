// How text for a terminal looks.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "diag/diagnostic.h"

namespace stepreg {

// Wraps text in ANSI colours, or leaves it as it is.
struct Style {
  bool colour = false;

  std::string severity(Severity severity, std::string_view text) const;
  std::string bold(std::string_view text) const { return wrap("1", text); }
  std::string frame(std::string_view text) const { return wrap("34", text); }
  std::string second(std::string_view text) const { return wrap("36", text); }
  std::string help(std::string_view text) const { return wrap("32", text); }

 private:
  std::string wrap(std::string_view code, std::string_view text) const;
};

// "PATH:LINE:COLUMN", "PATH:LINE" or "PATH", as far as it is known.
std::string place_text(const Location& at);
// What place_text says behind the path.
void append_line_and_column(std::uint32_t line, std::uint32_t column, std::string& out);

// Control characters and bytes that are not UTF-8 made harmless: a file name or a line of a file
// cannot steer the terminal.
std::string printable(std::string_view text);
void append_printable(std::string_view text, std::string& out);

}  // namespace stepreg
