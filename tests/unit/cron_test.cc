#include "rules/cron.h"

#include <doctest/doctest.h>

namespace stepreg::rules {

TEST_CASE("schedules that ci-operator reads") {
  for (const char* spec :
       {"0 0 * * *", "*/5 * * * *", "30 1-5,7 ? jan-MAR mon", "0 0 0 1 1 sun", "5/15 * * * *",
        "0-30/10 0 1 12 6", "@daily", "@yearly", "@annually", "@monthly", "@weekly", "@midnight",
        "@hourly", "@every 1h30m", "TZ=UTC 0 0 * * *", "TZ=Europe/Berlin @daily",
        "TZ=UTC   0\t0 * * *", "  0 0 * * *  ", "00 05 * * *"}) {
    CAPTURE(spec);
    CHECK_FALSE(cron_problem(spec).has_value());
  }
}

TEST_CASE("what is no schedule") {
  for (const char* spec : {"",
                           "x",
                           "* * * *",
                           "* * * * * * *",
                           "60 * * * *",
                           "* 24 * * *",
                           "* * 0 * *",
                           "* * 32 * *",
                           "* * * 0 *",
                           "* * * 13 *",
                           "* * * * 7",
                           "H * * * *",
                           "* * * * mond",
                           "5-1 * * * *",
                           "1-2-3 * * * *",
                           "*/5/5 * * * *",
                           "*/x * * * *",
                           "-1 * * * *",
                           "*/-1 * * * *",
                           "1,,2 * * * *",
                           "99999999999 * * * *",
                           "@dayly",
                           "@Daily",
                           "@every 1d",
                           "@every",
                           "TZ=../../etc 0 0 * * *"}) {
    CAPTURE(spec);
    CHECK(cron_problem(spec).has_value());
  }
}

TEST_CASE("inputs that hang or crash the tools of the field are refused") {
  CHECK(cron_problem("*/0 * * * *") == "the step of `*/0` is zero in the field `minute`");
  CHECK(cron_problem("1-5/0 * * * *").has_value());
  CHECK(cron_problem("TZ=UTC") == "nothing follows the time zone `TZ=UTC`");
}

TEST_CASE("six fields begin with seconds") {
  CHECK_FALSE(cron_problem("59 59 23 31 12 6").has_value());
  CHECK(cron_problem("0 0 24 * * *") == "`24` is outside of 0 to 23 in the field `hour`");
}

}  // namespace stepreg::rules
