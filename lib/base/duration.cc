#include "base/duration.h"

#include <cstdint>

#include "base/text.h"

namespace stepreg {

namespace {

constexpr std::uint64_t kMax = INT64_MAX;

struct Unit {
  std::string_view name;
  std::uint64_t nanoseconds;
};
// Longer names first where one begins another.
constexpr Unit kUnits[] = {
    {"ns", 1},         {"us", 1'000},        {"µs", 1'000},         {"μs", 1'000},
    {"ms", 1'000'000}, {"s", 1'000'000'000}, {"m", 60'000'000'000}, {"h", 3'600'000'000'000}};

const Unit* find_unit(std::string_view name) {
  for (const Unit& unit : kUnits) {
    if (unit.name == name) return &unit;
  }
  return nullptr;
}

// Reads one `number unit` from the front of `text` and adds it to `total`.
bool take_part(std::string_view& text, std::uint64_t& total) {
  std::uint64_t whole = 0;
  std::size_t digits = 0;
  for (; !text.empty() && is_digit(text.front()); text.remove_prefix(1), ++digits) {
    if (whole > (kMax + 1) / 10) return false;
    whole = whole * 10 + static_cast<unsigned>(text.front() - '0');
  }
  double fraction = 0;
  if (!text.empty() && text.front() == '.') {
    text.remove_prefix(1);
    double scale = 0.1;
    for (; !text.empty() && is_digit(text.front()); text.remove_prefix(1), ++digits) {
      fraction += scale * (text.front() - '0');
      scale /= 10;
    }
  }
  if (digits == 0) return false;
  std::size_t end = 0;
  while (end < text.size() && text[end] != '.' && !is_digit(text[end])) ++end;
  const Unit* unit = find_unit(text.substr(0, end));
  if (unit == nullptr || whole > kMax / unit->nanoseconds) return false;
  text.remove_prefix(end);
  total += whole * unit->nanoseconds +
           static_cast<std::uint64_t>(fraction * static_cast<double>(unit->nanoseconds) + 1e-6);
  return total <= kMax;
}

std::string trimmed_fraction(std::uint64_t value, std::uint64_t unit) {
  std::string out = std::to_string(value / unit);
  std::uint64_t rest = value % unit;
  if (rest == 0) return out;
  out += '.';
  for (std::uint64_t place = unit / 10; rest > 0; place /= 10) {
    out += static_cast<char>('0' + rest / place);
    rest %= place;
  }
  return out;
}

std::string below_a_second(std::uint64_t value) {
  if (value >= 1'000'000) return trimmed_fraction(value, 1'000'000) + "ms";
  if (value >= 1'000) return trimmed_fraction(value, 1'000) + "µs";
  return std::to_string(value) + "ns";
}

std::string format(Nanoseconds duration, bool zero_parts) {
  if (duration.count() == 0) return "0s";
  const bool negative = duration.count() < 0;
  const std::uint64_t value = negative ? 0 - static_cast<std::uint64_t>(duration.count())
                                       : static_cast<std::uint64_t>(duration.count());
  std::string out = negative ? "-" : "";
  constexpr std::uint64_t kSecond = 1'000'000'000;
  if (value < kSecond) return out + below_a_second(value);
  const std::uint64_t hours = value / (3600 * kSecond);
  const std::uint64_t minutes = value / (60 * kSecond) % 60;
  const std::uint64_t rest = value % (60 * kSecond);
  if (hours > 0) out += std::to_string(hours) + "h";
  if (minutes > 0 || (zero_parts && hours > 0)) out += std::to_string(minutes) + "m";
  if (rest > 0 || zero_parts) out += trimmed_fraction(rest, kSecond) + "s";
  return out;
}

}  // namespace

std::optional<Nanoseconds> parse_duration(std::string_view text) {
  bool negative = false;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
  }
  if (text == "0") return Nanoseconds{0};
  if (text.empty()) return std::nullopt;
  std::uint64_t total = 0;
  while (!text.empty()) {
    if (!take_part(text, total)) return std::nullopt;
  }
  const auto value = static_cast<long long>(total);
  return Nanoseconds{negative ? -value : value};
}

std::string go_duration(Nanoseconds value) {
  return format(value, true);
}

std::string short_duration(Nanoseconds value) {
  return format(value, false);
}

double seconds_of(Nanoseconds value) {
  return static_cast<double>(value.count()) / 1e9;
}

}  // namespace stepreg
