#include "base/text.h"

#include <doctest/doctest.h>

using namespace stepreg;

TEST_CASE("quoted names are safe to print") {
  CHECK(in_quotes("a-b") == "`a-b`");
  CHECK(in_quotes("a\nb\x01") == "`a\\nb\\x01`");
  CHECK(in_quotes("\xff ä \xc3") == "`\\xff ä \\xc3`");
  CHECK(in_quotes("a\xc2\x9b"
                  "31m") == "`a\\xc2\\x9b31m`");  // as ESC [ 31 m
  CHECK(in_quotes(std::string(200, 'x')) == "`" + std::string(80, 'x') + "...`");
}

TEST_CASE("text of others stays on its line and steers no terminal") {
  CHECK(one_line("a b ä") == "a b ä");
  CHECK(one_line("a\nb\t\x1b[31m\x7f") == "a b  [31m ");
  CHECK(one_line("a\xc2\x9b"
                 "31m\xc2\xa0") == "a  31m\xc2\xa0");
  CHECK(one_line("a\xff"
                 "b") ==
        "a\xef\xbf\xbd"
        "b");
}

TEST_CASE("the best guess is near enough or absent") {
  const std::string_view keys[] = {"timeout", "grace_period", "commands"};
  CHECK(best_guess("timout", keys) == "timeout");
  CHECK(best_guess("comands", keys) == "commands");
  CHECK(best_guess("tiemout", keys) == "timeout");
  CHECK(best_guess("zzz", keys).empty());
  CHECK(best_guess("", keys).empty());
}

TEST_CASE("UTF-8 is checked as the standard says") {
  CHECK(first_invalid_utf8("grün €") == std::string_view::npos);
  CHECK(first_invalid_utf8("a\xff") == 1);
  CHECK(first_invalid_utf8("\xc0\x80") == 0);      // overlong
  CHECK(first_invalid_utf8("\xed\xa0\x80") == 0);  // surrogate
  CHECK(valid_utf8("a\xff") == "a\xEF\xBF\xBD");
  CHECK(cut_utf8("ab€", 4) == "ab");
}

TEST_CASE("glob patterns") {
  CHECK(glob_match("org/*:e2e-*", "org/repo@main:e2e-aws"));
  CHECK(glob_match("*", ""));
  CHECK(glob_match("a?c", "abc"));
  CHECK_FALSE(glob_match("a?c", "ac"));
  CHECK_FALSE(glob_match("*b", "abc"));
}
