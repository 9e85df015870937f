#include "exec/wording.h"

#include <string.h>

#include <cmath>
#include <cstdio>

#include "base/duration.h"

namespace stepreg::exec {

std::string short_seconds(double seconds) {
  const double step = seconds >= 60 ? 1 : seconds >= 1 ? 0.1 : 0.001;
  const double rounded = std::min(std::round(seconds / step) * step, 9e9);
  return short_duration(Nanoseconds(std::llround(rounded * 1000) * 1000000));
}

std::string plain_number(double value) {
  char text[400];
  std::snprintf(text, sizeof text, "%.3f", value);
  std::string out = text;
  while (out.ends_with('0')) out.pop_back();
  if (out.ends_with('.')) out.pop_back();
  return out;
}

std::string signal_name(int number) {
  const char* name = ::sigabbrev_np(number);
  return name ? name : std::to_string(number);
}

}  // namespace stepreg::exec
