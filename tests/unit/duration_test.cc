#include "base/duration.h"

#include <doctest/doctest.h>

using namespace stepreg;

namespace {

std::string go(const char* text) {
  const auto value = parse_duration(text);
  return value ? go_duration(*value) : "invalid";
}

}  // namespace

TEST_CASE("durations read as Go reads them") {
  CHECK(go("1h") == "1h0m0s");
  CHECK(go("90s") == "1m30s");
  CHECK(go("1.5h") == "1h30m0s");
  CHECK(go(".5s") == "500ms");
  CHECK(go("1.s") == "1s");
  CHECK(go("1h1h") == "2h0m0s");
  CHECK(go("0") == "0s");
  CHECK(go("-5m") == "-5m0s");
  CHECK(go("+5m") == "5m0s");
  CHECK(go("1us") == "1µs");
  CHECK(go("1µs") == "1µs");
  CHECK(go("1.5s") == "1.5s");
  CHECK(go("2562047h47m16s") == "2562047h47m16s");
}

TEST_CASE("what Go refuses is no duration") {
  for (const char* text : {"", "90", "1d", "1 h", "1H", "1e3s", "1h30", "5 m", "h", ".s", "-", "+",
                           "2562048h", "99999999999999999999s", "1h-1m"}) {
    CAPTURE(text);
    CHECK(go(text) == "invalid");
  }
}

TEST_CASE("the short form has no zero parts") {
  CHECK(short_duration(*parse_duration("90m")) == "1h30m");
  CHECK(short_duration(*parse_duration("45s")) == "45s");
  CHECK(short_duration(*parse_duration("1h0m5s")) == "1h5s");
}
