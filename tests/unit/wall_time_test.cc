#include "base/wall_time.h"

#include <doctest/doctest.h>

using namespace stepreg;

namespace {

std::string read(const char* text) {
  const auto time = parse_wall_time(text);
  return time ? iso_micros(*time) : "none";
}

}  // namespace

TEST_CASE("stamps are read in all their forms") {
  CHECK(read("2026-08-21T10:15:00") == "2026-08-21T10:15:00.000000");
  CHECK(read("2026-08-21T10:15:00.5Z") == "2026-08-21T10:15:00.500000");
  CHECK(read("2026-08-21T10:15:00.123456789") == "2026-08-21T10:15:00.123456");
  CHECK(read("1787307300.000001") == "2026-08-21T10:15:00.000001");
  CHECK(read("0") == "1970-01-01T00:00:00.000000");
  for (const char* bad : {"", "x", "-1", "nan", "inf", "1e99", "2026-08-21", "2026-08-21 10:15:00",
                          "2026-02-30T10:15:00", "2026-08-21T24:15:00", "2026-08-21T10:15:00.",
                          "2026-08-21T10:15:00+02:00", " 1", "1 "}) {
    CAPTURE(bad);
    CHECK(read(bad) == "none");
  }
}

TEST_CASE("stamps are written with a fixed length") {
  const WallTime time = *parse_wall_time("1787307300.000001");
  CHECK(iso_micros(time).size() == 26);
  CHECK(iso_utc(time) == "2026-08-21T10:15:00.000Z");
  CHECK(epoch_micros(time) == "1787307300.000001");
  const auto latest = *parse_wall_time("9999-12-31T23:59:60");  // in the year 10000
  CHECK(parse_wall_time(epoch_micros(latest)));
  CHECK(parse_wall_time(iso_micros(latest)));
  CHECK(iso_micros(WallTime(std::chrono::microseconds(-1))) == "1969-12-31T23:59:59.999999");
  CHECK(iso_micros(WallTime::max()) == "9999-12-31T23:59:59.999999");
}
