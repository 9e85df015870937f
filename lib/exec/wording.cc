#include "exec/wording.h"

#include <string.h>

#include <cmath>

#include "base/duration.h"

namespace stepreg::exec {

std::string short_seconds(double seconds) {
  const double step = seconds >= 60 ? 1 : seconds >= 1 ? 0.1 : 0.001;
  const double rounded = std::min(std::round(seconds / step) * step, 9e9);
  return short_duration(Nanoseconds(std::llround(rounded * 1000) * 1000000));
}

std::string signal_name(int number) {
  const char* name = ::sigabbrev_np(number);
  return name ? name : std::to_string(number);
}

}  // namespace stepreg::exec
