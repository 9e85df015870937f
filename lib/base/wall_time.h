// Points of civil time and their written forms. Limits are measured with the steady clock, never
// with these.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace stepreg {

using WallTime = std::chrono::sys_time<std::chrono::microseconds>;

WallTime wall_now();

// "2026-08-21T10:15:00.123456", UTC, always 26 bytes (years 0000 to 9999; others are clamped).
std::string iso_micros(WallTime time);
// "2026-08-21T10:15:00.123Z": the form of our JSON.
std::string iso_utc(WallTime time);
// "1787307300.123456": seconds since 1970 with six decimals. Earlier times are written as zero.
std::string epoch_micros(WallTime time);
double epoch_seconds(WallTime time);

enum class Zone { utc, local };  // of stamps that do not name one

// Reads all forms above: YYYY-MM-DDTHH:MM:SS with or without fraction and `Z`, or a finite number
// >= 0. `zone` applies to the ISO form without `Z`. A time that a change of the local clock made
// ambiguous is read as the system library reads it.
std::optional<WallTime> parse_wall_time(std::string_view text, Zone zone = Zone::utc);

}  // namespace stepreg
