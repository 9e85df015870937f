#include "base/names.h"

#include <algorithm>

#include "base/text.h"

namespace stepreg {

namespace {

bool is_lower_alnum(char c) {
  return (c >= 'a' && c <= 'z') || is_digit(c);
}

bool is_alnum(char c) {
  return is_lower_alnum(c) || (c >= 'A' && c <= 'Z');
}

constexpr std::string_view kEncodedDot = "--dot--";

bool is_group_part(std::string_view part) {
  return !part.empty() && is_alnum(part.front()) && is_alnum(part.back()) &&
         std::all_of(part.begin(), part.end(),
                     [](char c) { return is_alnum(c) || c == '-' || c == '_'; });
}

// Only dots are decoded: encoded underscores stand for characters that are allowed anyway.
std::string with_dots_decoded(std::string_view text) {
  std::string decoded;
  while (!text.empty()) {
    if (text.starts_with(kEncodedDot)) {
      decoded += '.';
      text.remove_prefix(kEncodedDot.size());
    } else {
      decoded += text.front();
      text.remove_prefix(1);
    }
  }
  return decoded;
}

}  // namespace

bool is_dns1123_subdomain(std::string_view text) {
  if (text.empty() || text.size() > kMaxSubdomain) return false;
  for (const std::string_view part : split(text, '.')) {
    if (part.empty() || !is_lower_alnum(part.front()) || !is_lower_alnum(part.back())) return false;
    const bool legal =
        std::all_of(part.begin(), part.end(), [](char c) { return is_lower_alnum(c) || c == '-'; });
    if (!legal) return false;
  }
  return true;
}

bool is_label_value(std::string_view text) {
  if (text.empty()) return true;
  return text.size() <= kMaxLabelValue && is_alnum(text.front()) && is_alnum(text.back()) &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return is_alnum(c) || c == '-' || c == '_' || c == '.'; });
}

bool is_secret_collection(std::string_view text) {
  return !text.empty() && text.size() <= kMaxCollection && text.front() != '_' &&
         is_lower_alnum(text.back()) && text.find("__") == std::string_view::npos &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return is_lower_alnum(c) || c == '-' || c == '_'; });
}

bool is_secret_group(std::string_view text) {
  if (text.find("__") != std::string_view::npos) return false;
  if (text.starts_with(kEncodedDot)) text.remove_prefix(kEncodedDot.size());
  const auto parts = split(text, '/');
  return std::all_of(parts.begin(), parts.end(), is_group_part);
}

bool is_secret_field(std::string_view text) {
  const bool legal = std::all_of(text.begin(), text.end(), [](char c) {
    return is_alnum(c) || c == '-' || c == '.' || c == '_';
  });
  return legal && !text.empty() && with_dots_decoded(text) != "..";
}

bool has_shard_suffix(std::string_view name) {
  std::size_t digits = 0;
  while (!name.empty() && is_digit(name.back())) {
    name.remove_suffix(1);
    ++digits;
  }
  if (digits == 0 || !name.ends_with("of")) return false;
  name.remove_suffix(2);
  digits = 0;
  while (!name.empty() && is_digit(name.back())) {
    name.remove_suffix(1);
    ++digits;
  }
  return digits > 0 && name.ends_with('-');
}

}  // namespace stepreg
