#include "base/wall_time.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <ctime>

namespace stepreg {

namespace {

constexpr long long kMicros = 1000000;
constexpr long long kLatest = 253402300800LL * kMicros - 1;  // end of the year 9999

// "YYYY-MM-DDTHH:MM:SS" and the microseconds apart.
std::string seconds_form(WallTime time, long long& micros) {
  const long long count =
      std::clamp<long long>(time.time_since_epoch().count(), -62167219200LL * kMicros, kLatest);
  long long seconds = count / kMicros;
  micros = count % kMicros;
  if (micros < 0) {
    micros += kMicros;
    --seconds;
  }
  const auto whole = static_cast<std::time_t>(seconds);
  std::tm parts{};
  ::gmtime_r(&whole, &parts);
  char text[64];
  std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d", parts.tm_year + 1900,
                parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
  return text;
}

bool digits(std::string_view text, std::size_t at, std::size_t count, int& value) {
  if (text.size() < at + count) return false;
  value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return false;
    value = value * 10 + (text[i] - '0');
  }
  return true;
}

std::optional<WallTime> parse_number(std::string_view text) {
  double seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  constexpr auto kLatestSecond = (kLatest + 1) / kMicros;  // what epoch_micros() writes at most
  constexpr auto kEnd = static_cast<double>(kLatestSecond);
  if (!std::isfinite(seconds) || std::signbit(seconds) || seconds > kEnd) return std::nullopt;
  return WallTime(std::chrono::microseconds(std::llround(seconds * 1e6)));
}

// ".123456" of any length; false when something else follows.
bool parse_fraction(std::string_view text, long long& micros) {
  micros = 0;
  if (text.empty()) return true;
  if (text.front() != '.' || text.size() < 2) return false;
  long long unit = kMicros / 10;
  for (const char c : text.substr(1)) {
    if (c < '0' || c > '9') return false;
    micros += (c - '0') * unit;
    unit /= 10;
  }
  return true;
}

std::optional<WallTime> parse_iso(std::string_view text, Zone zone) {
  std::tm parts{};
  const bool shape = digits(text, 0, 4, parts.tm_year) && digits(text, 5, 2, parts.tm_mon) &&
                     digits(text, 8, 2, parts.tm_mday) && digits(text, 11, 2, parts.tm_hour) &&
                     digits(text, 14, 2, parts.tm_min) && digits(text, 17, 2, parts.tm_sec);
  if (!shape || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' ||
      text[16] != ':') {
    return std::nullopt;
  }
  std::string_view rest = text.substr(19);
  if (rest.ends_with('Z')) {
    zone = Zone::utc;
    rest.remove_suffix(1);
  }
  long long micros = 0;
  if (!parse_fraction(rest, micros)) return std::nullopt;
  const std::chrono::year_month_day day{std::chrono::year(parts.tm_year),
                                        std::chrono::month(static_cast<unsigned>(parts.tm_mon)),
                                        std::chrono::day(static_cast<unsigned>(parts.tm_mday))};
  if (!day.ok() || parts.tm_hour > 23 || parts.tm_min > 59 || parts.tm_sec > 60) {
    return std::nullopt;
  }
  parts.tm_year -= 1900;
  parts.tm_mon -= 1;
  parts.tm_isdst = -1;
  const std::time_t seconds = zone == Zone::utc ? ::timegm(&parts) : std::mktime(&parts);
  return WallTime(std::chrono::microseconds(static_cast<long long>(seconds) * kMicros + micros));
}

}  // namespace

WallTime wall_now() {
  return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

std::string iso_micros(WallTime time) {
  long long micros = 0;
  std::string text = seconds_form(time, micros);
  char fraction[32];
  std::snprintf(fraction, sizeof fraction, ".%06lld", micros);
  return text + fraction;
}

std::string iso_utc(WallTime time) {
  long long micros = 0;
  std::string text = seconds_form(time, micros);
  char fraction[32];
  std::snprintf(fraction, sizeof fraction, ".%03lldZ", micros / 1000);
  return text + fraction;
}

std::string epoch_micros(WallTime time) {
  const long long count = std::clamp<long long>(time.time_since_epoch().count(), 0, kLatest);
  char text[64];
  std::snprintf(text, sizeof text, "%lld.%06lld", count / kMicros, count % kMicros);
  return text;
}

double epoch_seconds(WallTime time) {
  return static_cast<double>(time.time_since_epoch().count()) / 1e6;
}

std::optional<WallTime> parse_wall_time(std::string_view text, Zone zone) {
  if (const auto number = parse_number(text)) return number;
  return parse_iso(text, zone);
}

}  // namespace stepreg
