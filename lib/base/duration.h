// Durations in the notation of Go's time package, which every file of the field uses.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace stepreg {

using Nanoseconds = std::chrono::duration<long long, std::nano>;

// Optional sign, then one or more of decimal number + unit (ns us µs μs ms s m h), without blanks;
// "0" needs no unit. Magnitude at most 2^63-1 ns (about 292 years). Anything else is nullopt: "90",
// "1d".
std::optional<Nanoseconds> parse_duration(std::string_view text);

// As Go prints it: 1h -> "1h0m0s", 90 s -> "1m30s", 0 -> "0s".
std::string go_duration(Nanoseconds value);
// Without superfluous zero parts: "1h30m", "5m", "45s", "1.5s".
std::string short_duration(Nanoseconds value);

double seconds_of(Nanoseconds value);

}  // namespace stepreg
