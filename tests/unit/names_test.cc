#include "base/names.h"

#include <doctest/doctest.h>

#include <string>

namespace stepreg {

TEST_CASE("a DNS-1123 subdomain has lower-case parts between dots") {
  for (const char* good : {"a", "0", "a-b", "a.b", "a--b.0", "4.7-e2e"}) {
    CAPTURE(good);
    CHECK(is_dns1123_subdomain(good));
  }
  for (const char* bad : {"", "A", "a_b", "-a", "a-", "a..b", ".a", "a.", "a.-b", "a b", "ä"}) {
    CAPTURE(bad);
    CHECK_FALSE(is_dns1123_subdomain(bad));
  }
  CHECK(is_dns1123_subdomain(std::string(253, 'a')));
  CHECK_FALSE(is_dns1123_subdomain(std::string(254, 'a')));
}

TEST_CASE("a label value may be empty and has at most 63 bytes") {
  for (const char* good : {"", "a", "A_b.c-D", "9"}) CHECK(is_label_value(good));
  for (const char* bad : {"a b", "-a", "a-", "_", "a/b"}) CHECK_FALSE(is_label_value(bad));
  CHECK(is_label_value(std::string(63, 'x')));
  CHECK_FALSE(is_label_value(std::string(64, 'x')));
}

TEST_CASE("collections of the secret manager") {
  for (const char* good : {"a", "my-team_1", "-a"}) CHECK(is_secret_collection(good));
  for (const char* bad : {"", "C", "_a", "a_", "a__b", "a-", "a/b"}) {
    CAPTURE(bad);
    CHECK_FALSE(is_secret_collection(bad));
  }
  CHECK(is_secret_collection(std::string(50, 'a')));
  CHECK_FALSE(is_secret_collection(std::string(51, 'a')));
}

TEST_CASE("groups of the secret manager are paths") {
  for (const char* good : {"g", "G/a-b/c_d", "--dot--g/x", "1"}) {
    CAPTURE(good);
    CHECK(is_secret_group(good));
  }
  for (const char* bad :
       {"", "_g", "g_", "a__b", "a//b", "/a", "a/", "a/--dot--b", "a.b", "-a", "--dot--"}) {
    CAPTURE(bad);
    CHECK_FALSE(is_secret_group(bad));
  }
}

TEST_CASE("fields of the secret manager are file names in disguise") {
  for (const char* good : {"a", "--dot--netrc", "a--uu--b", ".", "A.b-c_d"}) {
    CAPTURE(good);
    CHECK(is_secret_field(good));
  }
  for (const char* bad : {"", "..", "--dot----dot--", ".--dot--", "a/b", "/a", "a b"}) {
    CAPTURE(bad);
    CHECK_FALSE(is_secret_field(bad));
  }
}

TEST_CASE("shard suffix") {
  CHECK(has_shard_suffix("e2e-1of2"));
  CHECK(has_shard_suffix("-10of10"));
  for (const char* other : {"e2e", "1of2", "e2e-of2", "e2e-1of", "e2e-1of2x", "e2e1of2"}) {
    CAPTURE(other);
    CHECK_FALSE(has_shard_suffix(other));
  }
}

}  // namespace stepreg
