#include "load/file_cache.h"

#include <doctest/doctest.h>

#include "temp_dir.h"
#include "yaml/pack.h"

using namespace stepreg;
using load::FileCache;
using load::FileStamp;

namespace {

constexpr FileStamp kOld{5, 1'000, 1'000, 1, 2};
const std::string kLong(300 << 10, 'x');  // worth being written

struct Home {
  test::TempDir dir;
  std::string file = dir / "cache";
  FileCache open(const std::string& build = "1") { return {file, dir.path(), build}; }
};

}  // namespace

TEST_CASE("a document is the same after packing") {
  const SeverityTable severities;
  Sink sink(severities);
  const SourceFile file("a.yaml",
                        "a: [1, 'two', \"th\\tree\", ~]\n? b\n: - c:\n  - |\n    d\n    e\n  - {}\n"
                        "f: !!binary aGVsbG8=\ng: plain # why\n");
  const auto document = yaml::parse(file, sink);
  REQUIRE(document);
  const auto bytes = yaml::pack(*document);
  REQUIRE(bytes);
  const auto again = yaml::unpack(file, *bytes);
  REQUIRE(again);
  CHECK(yaml::pack(*again) == bytes);
  CHECK((*again)[0].kind == yaml::Node::Kind::mapping);
  for (std::size_t size = 0; size < bytes->size(); ++size) {
    CHECK(yaml::unpack(file, bytes->substr(0, size)) == nullptr);
  }
  CHECK(yaml::unpack(SourceFile("a.yaml", "a"), *bytes) == nullptr);
}

TEST_CASE("a document with aliases is not packed") {
  const SeverityTable severities;
  Sink sink(severities);
  const SourceFile file("a.yaml", "a: &x 1\nb: *x\n");
  CHECK(yaml::pack(*yaml::parse(file, sink)) == std::nullopt);
}

TEST_CASE("what was kept is found by its stamp, or by its text") {
  Home home;
  home.open().keep("a.yaml", kOld, kLong, "packed", kLong.size());
  FileCache cache = home.open();
  const auto kept = cache.find("a.yaml", kOld);
  REQUIRE(kept);
  CHECK(kept->text == kLong);
  CHECK(kept->made == "packed");
  FileStamp touched = kOld;
  touched.changed += 1;
  CHECK(!cache.find("a.yaml", touched));
  CHECK(!cache.find("b.yaml", kOld));
  CHECK(cache.find_made("a.yaml", touched, kLong) == "packed");
  CHECK(cache.find_made("a.yaml", touched, kLong + "y") == "");
}

TEST_CASE("a file that was changed just now is not believed by its stamp") {
  Home home;
  FileStamp now = kOld;
  now.modified = now.changed = 4'000'000'000'000'000'000;  // in the future
  home.open().keep("a.yaml", now, kLong, "packed", kLong.size());
  FileCache cache = home.open();
  CHECK(!cache.find("a.yaml", now));
  CHECK(cache.find_made("a.yaml", now, kLong) == "packed");
}

TEST_CASE("a few small files are not worth writing") {
  Home home;
  home.open().keep("a.yaml", kOld, "text", "packed", 4);
  CHECK(test::get(home.file).empty());
  CHECK(std::distance(std::filesystem::directory_iterator(home.dir.path()), {}) == 0);
}

TEST_CASE("what a run did not look at stays while the file is there") {
  Home home;
  test::put(home.dir / "there.yaml", "");
  {
    FileCache cache = home.open();
    cache.keep("there.yaml", kOld, kLong, "1", kLong.size());
    cache.keep("gone.yaml", kOld, kLong, "2", kLong.size());
  }
  home.open().keep("other.yaml", kOld, kLong, "3", kLong.size());
  FileCache cache = home.open();
  CHECK(cache.find("there.yaml", kOld));
  CHECK(cache.find("other.yaml", kOld));
  CHECK(!cache.find("gone.yaml", kOld));
}

TEST_CASE("a cache of another build, or a damaged one, counts as absent") {
  Home home;
  home.open().keep("a.yaml", kOld, kLong, "packed", kLong.size());
  const std::string whole = test::get(home.file);
  CHECK(!home.open("2").find("a.yaml", kOld));
  for (std::size_t size = 0; size < whole.size(); size += 997) {
    test::put(home.file, whole.substr(0, size));
    CHECK(!home.open().find("a.yaml", kOld));
  }
  for (std::size_t at = 0; at < whole.size(); at += 997) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    test::put(home.file, damaged);
    CHECK(!home.open().find("a.yaml", kOld));
  }
  test::put(home.file, "something else");
  home.open().keep("a.yaml", kOld, kLong, "packed", kLong.size());
  CHECK(home.open().find("a.yaml", kOld));  // rewritten
}

TEST_CASE("a cache that nobody has used for long is removed by the next that is written") {
  Home home;
  const auto age = [](const std::string& path, int days) {
    const auto now = std::filesystem::file_time_type::clock::now();
    std::filesystem::last_write_time(path, now - std::chrono::hours(24 * days));
  };
  home.open().keep("a.yaml", kOld, kLong, "packed", kLong.size());
  const std::string forgotten = home.dir / "forgotten", recent = home.dir / "recent";
  test::put(forgotten, "");
  test::put(recent, "");
  age(forgotten, 31);
  age(recent, 29);
  age(home.file, 31);
  home.open();  // is used, and so young again
  FileCache(home.dir / "other", home.dir.path(), "1").keep("a.yaml", kOld, kLong, "", kLong.size());
  CHECK(!std::filesystem::exists(forgotten));
  CHECK(std::filesystem::exists(recent));
  CHECK(home.open().find("a.yaml", kOld));
}
