// The dialect of cron that ci-operator reads (registry.md 4.9).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace stepreg::rules {

// Why `spec` is not a schedule, as one line without final stop; nullopt when it is one.
//
//   [TZ=ZONE ] ( FIELD x 5 or 6 | @yearly @annually @monthly @weekly @daily @midnight @hourly
//              | @every DURATION )
//
// Fields: [seconds] minutes hours day-of-month month weekday, each a comma list of `*`, `?`, N, N-M
// with an optional /STEP. Months and weekdays have English names of three letters.
std::optional<std::string> cron_problem(std::string_view spec);

}  // namespace stepreg::rules
