#include "yaml/scalar.h"

#include <doctest/doctest.h>

using namespace stepreg;
using yaml::Scalar;

namespace {

std::string text_of(const char* plain) {
  return yaml::converted_to_text(yaml::interpret(plain, true), plain);
}

Scalar::Type type_of(const char* plain) {
  return yaml::interpret(plain, true).type;
}

}  // namespace

// The tables of registry.md 3.1.2 and 3.1.3.
TEST_CASE("plain scalars mean what YAML 1.1 says") {
  for (const char* text : {"y", "Yes", "TRUE", "on"}) CHECK(text_of(text) == "true");
  for (const char* text : {"n", "No", "FALSE", "Off"}) CHECK(text_of(text) == "false");
  for (const char* text : {"", "~", "null", "Null", "NULL"})
    CHECK(type_of(text) == Scalar::Type::null);
  for (const char* text :
       {"4.20.1", "=", "tRUE", "2024-07-08", "12:30:45", "1e400", "0x", "nULL"}) {
    CAPTURE(text);
    CHECK(type_of(text) == Scalar::Type::text);
  }
}

TEST_CASE("numbers become the text that the field's tools make of them") {
  CHECK(text_of("123") == "123");
  CHECK(text_of("+5") == "5");
  CHECK(text_of("-3") == "-3");
  CHECK(text_of("1_000") == "1000");
  CHECK(text_of("0x1F") == "31");
  CHECK(text_of("0b11") == "3");
  CHECK(text_of("0o17") == "15");
  CHECK(text_of("0123") == "83");
  CHECK(text_of("08") == "8");
  CHECK(text_of("0888") == "888");
  CHECK(text_of("-0") == "0");
  CHECK(text_of("4.10") == "4.1");
  CHECK(text_of("4.160") == "4.16");
  CHECK(text_of("1.0") == "1");
  CHECK(text_of(".5") == "0.5");
  CHECK(text_of("1.") == "1");
  CHECK(text_of("1e3") == "1000");
  CHECK(text_of("1000000.0") == "1e+06");
  CHECK(text_of("1234567.0") == "1.234567e+06");
  CHECK(text_of("12345678.9") == "1.2345679e+07");
  CHECK(text_of("3.14159265358979") == "3.1415927");
  CHECK(text_of("18446744073709551615") == "18446744073709551615");
  CHECK(type_of("18446744073709551616") == Scalar::Type::floating);
  CHECK(text_of(".inf") == "+Inf");
  CHECK(text_of("-9e99") == "-Inf");  // fits a double, not a float
  CHECK(text_of(".nan") == "NaN");
}

TEST_CASE("what is quoted is text") {
  CHECK(yaml::interpret("123", false).type == Scalar::Type::text);
  CHECK(yaml::interpret("", false).type == Scalar::Type::text);
}
