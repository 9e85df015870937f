#include "base/base64.h"

#include <cstdint>

namespace stepreg {

std::string base64(std::string_view bytes, bool url_safe) {
  static constexpr char kDigits[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::string_view group = bytes.substr(i, 3);
    std::uint32_t bits = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      bits = bits << 8 | (j < group.size() ? static_cast<unsigned char>(group[j]) : 0U);
    }
    for (std::size_t j = 0; j < 4; ++j) {
      text += j <= group.size() ? kDigits[bits >> (18 - 6 * j) & 63U] : '=';
    }
  }
  if (url_safe) {
    for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
  }
  return text;
}

}  // namespace stepreg
