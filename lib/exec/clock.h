// The clock of all limits: monotonic, so that a changed wall clock moves nothing (T001).
#pragma once

#include <chrono>
#include <optional>

namespace stepreg::exec {

using Clock = std::chrono::steady_clock;
using TimePoint = Clock::time_point;

inline constexpr TimePoint kNever = TimePoint::max();

// `seconds` from `start`, saturating; nullopt means never.
inline TimePoint after(TimePoint start, std::optional<double> seconds) {
  if (!seconds) return kNever;
  const double left = std::chrono::duration<double>(kNever - start).count();
  if (*seconds >= left * 0.99) return kNever;
  return start +
         std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(*seconds));
}

inline double seconds_between(TimePoint from, TimePoint to) {
  return std::chrono::duration<double>(to - from).count();
}

}  // namespace stepreg::exec
