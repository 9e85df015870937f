// Numbers as people read them.
#pragma once

#include <string>

namespace stepreg::exec {

// "1h30m", "5m", "45s", "1.5s", "30ms": whole seconds from a minute on, tenths below.
std::string short_seconds(double seconds);
// "1.5", "300": at most three decimal places.
std::string plain_number(double value);
std::string signal_name(int number);  // "TERM"

}  // namespace stepreg::exec
