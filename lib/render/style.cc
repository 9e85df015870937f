#include "render/style.h"

#include <algorithm>

#include "base/text.h"

namespace stepreg {

std::string Style::wrap(std::string_view code, std::string_view text) const {
  if (!colour) return std::string(text);
  return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
}

std::string Style::severity(Severity severity, std::string_view text) const {
  switch (severity) {
    case Severity::error:
      return wrap("1;31", text);
    case Severity::warning:
      return wrap("1;33", text);
    case Severity::info:
    case Severity::off:
      break;
  }
  return wrap("1;36", text);
}

std::string place_text(const Location& at) {
  std::string text = at.path;
  append_line_and_column(at.line, at.column, text);
  return text;
}

void append_line_and_column(std::uint32_t line, std::uint32_t column, std::string& out) {
  if (line > 0) out.append(":").append(std::to_string(line));
  if (line > 0 && column > 0) out.append(":").append(std::to_string(column));
}

std::string printable(std::string_view text) {
  std::string out;
  append_printable(text, out);
  return out;
}

void append_printable(std::string_view text, std::string& out) {
  const auto is_plain = [](char c) { return c >= ' ' && c < 0x7F; };
  if (std::all_of(text.begin(), text.end(), is_plain)) {
    out += text;
    return;
  }
  constexpr char kDigits[] = "0123456789abcdef";
  const std::string valid = valid_utf8(text);
  for (std::size_t i = 0; i < valid.size(); ++i) {
    auto byte = static_cast<unsigned char>(valid[i]);
    // U+0080 to U+009F steer terminals as well; as UTF-8 they are C2 and the byte itself.
    const bool upper_control = byte == 0xC2 && static_cast<unsigned char>(valid[i + 1]) < 0xA0;
    if (upper_control) byte = static_cast<unsigned char>(valid[++i]);
    if (byte == '\n') {
      out += "\\n";
    } else if (byte < 0x20 || byte == 0x7F || upper_control) {
      out += "\\x";
      out += kDigits[byte >> 4];
      out += kDigits[byte & 15];
    } else {
      out += valid[i];
    }
  }
}

}  // namespace stepreg
