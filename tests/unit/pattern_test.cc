#include "base/pattern.h"

#include <doctest/doctest.h>

namespace stepreg {

TEST_CASE("a pattern is searched or matched as a whole") {
  const Pattern pattern("b+");
  REQUIRE(pattern.valid());
  CHECK(pattern.found_in("abbc"));
  CHECK_FALSE(pattern.found_in("ac"));
  CHECK(pattern.matches("bb"));
  CHECK_FALSE(pattern.matches("abb"));
}

TEST_CASE("what does not compile says why and matches nothing") {
  for (const char* text : {"(", "a**", "[b-a]", "(?=x)", "\\"}) {
    CAPTURE(text);
    const Pattern pattern(text);
    CHECK_FALSE(pattern.valid());
    CHECK_FALSE(pattern.problem().empty());
    CHECK_FALSE(pattern.found_in(text));
  }
}

TEST_CASE("group names of newer Go are understood") {
  CHECK(Pattern("(?<year>\\d+)").matches("2026"));
  CHECK(Pattern("\\(\\?<").matches("(?<"));
  CHECK_FALSE(Pattern("(?<=a)b").valid());
}

TEST_CASE("the empty expression matches everywhere") {
  CHECK(Pattern("").found_in("abc"));
}

}  // namespace stepreg
