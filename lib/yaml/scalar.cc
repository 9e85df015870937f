#include "yaml/scalar.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <iterator>

#include "base/text.h"

namespace stepreg::yaml {

namespace {

constexpr std::string_view kTrue[] = {"y",    "Y",    "yes", "Yes", "YES", "true",
                                      "True", "TRUE", "on",  "On",  "ON"};
constexpr std::string_view kFalse[] = {"n",     "N",     "no",  "No",  "NO", "false",
                                       "False", "FALSE", "off", "Off", "OFF"};
constexpr std::string_view kNull[] = {"", "~", "null", "Null", "NULL"};
constexpr std::size_t kLongestWord = 5;  // of these and of the special floats

template <std::size_t N>
bool is_one_of(std::string_view text, const std::string_view (&list)[N]) {
  return text.size() <= kLongestWord &&
         std::find(std::begin(list), std::end(list), text) != std::end(list);
}

// The base that a prefix asks for; removes the prefix. `0123` is octal.
int take_base(std::string_view& digits) {
  if (digits.size() < 2 || digits[0] != '0') return 10;
  const char letter = digits[1];
  const int base = letter == 'x' || letter == 'X'   ? 16
                   : letter == 'b' || letter == 'B' ? 2
                   : letter == 'o' || letter == 'O' ? 8
                                                    : 0;
  digits.remove_prefix(base == 0 ? 1 : 2);
  return base == 0 ? 8 : base;
}

bool parse_integer(std::string_view text, Scalar& scalar) {
  std::string_view digits = text;
  bool negative = false;
  if (!digits.empty() && (digits[0] == '+' || digits[0] == '-')) {
    negative = digits[0] == '-';
    digits.remove_prefix(1);
  }
  const int base = take_base(digits);
  std::uint64_t value = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (error != std::errc() || end != digits.data() + digits.size()) return false;
  if (negative && value > std::uint64_t{1} << 63) return false;
  scalar.type = Scalar::Type::integer;
  scalar.magnitude = value;
  scalar.negative = negative && value != 0;
  return true;
}

// [-+]? ( .digits | digits [. digits*] ) ( [eE] [-+]? digits )?
bool looks_like_float(std::string_view text) {
  std::size_t i = 0;
  const auto skip_digits = [&] {
    const std::size_t begin = i;
    while (i < text.size() && is_digit(text[i])) ++i;
    return i > begin;
  };
  if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
  const bool whole = skip_digits();
  if (i < text.size() && text[i] == '.') {
    ++i;
    if (!skip_digits() && !whole) return false;
  } else if (!whole) {
    return false;
  }
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
    if (!skip_digits()) return false;
  }
  return i == text.size();
}

bool parse_float(const std::string& text, Scalar& scalar) {
  if (!looks_like_float(text)) return false;
  const double value = std::strtod(text.c_str(), nullptr);
  if (!std::isfinite(value)) return false;
  scalar.type = Scalar::Type::floating;
  scalar.floating = value;
  return true;
}

bool parse_special_float(std::string_view text, Scalar& scalar) {
  constexpr std::string_view kInfinity[] = {".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"};
  constexpr std::string_view kMinus[] = {"-.inf", "-.Inf", "-.INF"};
  constexpr std::string_view kNan[] = {".nan", ".NaN", ".NAN"};
  scalar.type = Scalar::Type::floating;
  if (is_one_of(text, kInfinity)) return scalar.floating = HUGE_VAL, true;
  if (is_one_of(text, kMinus)) return scalar.floating = -HUGE_VAL, true;
  if (is_one_of(text, kNan)) return scalar.floating = std::nan(""), true;
  scalar.type = Scalar::Type::text;
  return false;
}

std::string float_to_text(double wide) {
  const auto value = static_cast<float>(wide);
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";  // also what is too large for a float
  char buffer[64];
  if (value == 0) return std::signbit(value) ? "-0" : "0";
  auto end =
      std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific).ptr;
  const std::string scientific(buffer, end);
  const int exponent = std::atoi(scientific.c_str() + scientific.find('e') + 1);
  if (exponent < -4 || exponent >= 6) return scientific;
  end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed).ptr;
  return std::string(buffer, end);
}

}  // namespace

Scalar interpret(std::string_view text, bool plain) {
  Scalar scalar;
  if (!plain) return scalar;
  if (is_one_of(text, kNull)) {
    scalar.type = Scalar::Type::null;
    return scalar;
  }
  const char first = text[0];
  if (!is_digit(first) && first != '+' && first != '-' && first != '.') {
    // Nothing but a boolean begins with a letter.
    if (is_one_of(text, kTrue) || is_one_of(text, kFalse)) {
      scalar.type = Scalar::Type::boolean;
      scalar.boolean = is_one_of(text, kTrue);
    }
    return scalar;
  }
  if (parse_special_float(text, scalar)) return scalar;
  std::string digits;
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits),
               [](char c) { return c != '_'; });
  if (first != '.' && parse_integer(digits, scalar)) return scalar;
  parse_float(digits, scalar);
  return scalar;
}

std::string converted_to_text(const Scalar& scalar, std::string_view text) {
  switch (scalar.type) {
    case Scalar::Type::null:
      return "";
    case Scalar::Type::boolean:
      return scalar.boolean ? "true" : "false";
    case Scalar::Type::integer:
      return (scalar.negative ? "-" : "") + std::to_string(scalar.magnitude);
    case Scalar::Type::floating:
      return float_to_text(scalar.floating);
    case Scalar::Type::text:
      break;
  }
  return std::string(text);
}

}  // namespace stepreg::yaml
