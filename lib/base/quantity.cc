#include "base/quantity.h"

#include <cstddef>

#include "base/text.h"

namespace stepreg {

namespace {

using Wide = QuantityMagnitude;

constexpr Wide kCap = Wide{1} << 120;  // far above any limit, with room for one more factor
constexpr int kNanoDigits = 9;
constexpr int kMaxExponentDigits = 18;  // more do not fit into the exponent of Kubernetes
constexpr std::int64_t kMaxShift = 60;  // more decimal places make no difference below the cap

struct Scale {
  std::int64_t tens = 0;
  unsigned twos = 0;
};

Wide times(Wide value, unsigned factor) {
  return value > kCap / factor ? kCap : value * factor;
}

// `e3`, `E-3`: a letter, an optional sign, digits.
std::optional<Scale> parse_exponent(std::string_view text) {
  text.remove_prefix(1);
  const bool negative = !text.empty() && text.front() == '-';
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  if (text.empty() || text.size() > kMaxExponentDigits) return std::nullopt;
  std::int64_t value = 0;
  for (const char c : text) {
    if (!is_digit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return Scale{negative ? -value : value, 0};
}

std::optional<Scale> parse_suffix(std::string_view text) {
  constexpr struct {
    std::string_view text;
    Scale scale;
  } kSuffixes[] = {{"", {0, 0}},    {"n", {-9, 0}},  {"u", {-6, 0}},  {"m", {-3, 0}},
                   {"k", {3, 0}},   {"M", {6, 0}},   {"G", {9, 0}},   {"T", {12, 0}},
                   {"P", {15, 0}},  {"E", {18, 0}},  {"Ki", {0, 10}}, {"Mi", {0, 20}},
                   {"Gi", {0, 30}}, {"Ti", {0, 40}}, {"Pi", {0, 50}}, {"Ei", {0, 60}}};
  for (const auto& suffix : kSuffixes) {
    if (suffix.text == text) return suffix.scale;
  }
  if (text.front() == 'e' || text.front() == 'E') return parse_exponent(text);
  return std::nullopt;
}

Wide scaled(Wide digits, Scale scale) {
  if (digits == 0) return 0;
  for (unsigned i = 0; i < scale.twos; ++i) digits = times(digits, 2);
  std::int64_t tens = scale.tens + kNanoDigits;
  if (tens > kMaxShift) return kCap;
  if (tens < -kMaxShift) return 1;  // rounded away from zero
  for (; tens > 0; --tens) digits = times(digits, 10);
  for (; tens < 0; ++tens) digits = digits / 10 + (digits % 10 != 0 ? 1 : 0);
  return digits;
}

}  // namespace

bool Quantity::is_above(std::uint64_t units) const {
  return !negative_ && nano_ > Wide{units} * 1'000'000'000U;
}

std::uint64_t Quantity::units() const {
  constexpr Wide kNano = 1'000'000'000U;
  if (negative_) return 0;
  const Wide whole = nano_ / kNano + (nano_ % kNano != 0 ? 1 : 0);
  return whole > UINT64_MAX ? UINT64_MAX : static_cast<std::uint64_t>(whole);
}

std::optional<Quantity> parse_quantity(std::string_view text) {
  if (text.empty()) return std::nullopt;
  Quantity quantity;
  quantity.negative_ = text.front() == '-';
  if (text.front() == '-' || text.front() == '+') text.remove_prefix(1);
  constexpr Wide kRoomForDigits = kCap >> 60;
  Wide digits = 0;
  std::int64_t tens = 0;
  bool rest = false;  // a digit that is not zero was left out
  bool after_dot = false;
  std::size_t i = 0;
  for (; i < text.size(); ++i) {
    if (text[i] == '.' && !after_dot) {
      after_dot = true;
      continue;
    }
    if (!is_digit(text[i])) break;
    if (digits >= kRoomForDigits) {
      rest = rest || text[i] != '0';
      if (!after_dot) ++tens;
      continue;
    }
    digits = digits * 10 + static_cast<unsigned>(text[i] - '0');
    if (after_dot) --tens;
  }
  const auto scale = parse_suffix(text.substr(i));
  if (!scale) return std::nullopt;
  quantity.nano_ = scaled(digits + (rest ? 1 : 0), {scale->tens + tens, scale->twos});
  return quantity;
}

}  // namespace stepreg
