#include "base/quantity.h"

#include <doctest/doctest.h>

#include <string>

using namespace stepreg;

namespace {

constexpr std::uint64_t kLimit = 2'000'000'000;  // 2G

bool above_limit(const std::string& text) {
  const auto quantity = parse_quantity(text);
  REQUIRE(quantity);
  return quantity->is_above(kLimit);
}

}  // namespace

TEST_CASE("quantities that Kubernetes accepts") {
  for (const char* text : {"1",
                           "100m",
                           "2Gi",
                           ".5",
                           "5.",
                           "1.G",
                           ".",
                           "-",
                           "+",
                           "1e3",
                           "1E-3",
                           "1E",
                           "1E3",
                           "+5k",
                           "1n",
                           "1u",
                           "1Ki",
                           "1Ei",
                           "0.000000000000000000000000000000000000001",
                           "k"}) {
    CAPTURE(text);
    CHECK(parse_quantity(text));
  }
}

TEST_CASE("texts that are no quantities") {
  for (const char* text : {"", "K", "KI", "mi", "1GB", "1GiB", "1e", "1 Gi", "1_000", "1,5", "0x10",
                           "1.2.3", "1Gi ", " 1", "1e+", "1Ei3", "--1", "1e9999999999999999999"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_quantity(text));
  }
}

TEST_CASE("zero and negative") {
  for (const char* text : {"0", "0.0", "-0", ".", "-", "0Gi", "0e5"}) {
    CAPTURE(text);
    CHECK(parse_quantity(text)->is_zero());
    CHECK_FALSE(parse_quantity(text)->is_negative());
  }
  CHECK_FALSE(parse_quantity("0.0000000000000001")->is_zero());
  CHECK_FALSE(parse_quantity("1e-400")->is_zero());
  CHECK(parse_quantity("-1")->is_negative());
  CHECK_FALSE(parse_quantity("-1")->is_above(0));
}

TEST_CASE("compared with 2G") {
  CHECK_FALSE(above_limit("2G"));
  CHECK_FALSE(above_limit("2000000000"));
  CHECK_FALSE(above_limit("2e9"));
  CHECK_FALSE(above_limit("1Gi"));
  CHECK(above_limit("2Gi"));
  CHECK(above_limit("2000000001"));
  CHECK(above_limit("2000000000.0000000001"));
  CHECK(above_limit("2000000000.00000000000000000000000000000000000001"));
  CHECK(above_limit("1e400"));
  CHECK(above_limit("99999999999999999999999999999999999999999999999999999999"));
  CHECK_FALSE(above_limit("99999999999999999999999999999999999999999999999999999e-60"));
  CHECK(above_limit("8Ei"));
}
