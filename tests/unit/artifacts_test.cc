#include "exec/artifacts.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "temp_dir.h"

using namespace stepreg;
using namespace stepreg::exec;
using test::get;
using test::put;
using test::TempDir;
namespace fs = std::filesystem;

namespace {

PublishRequest request(const TempDir& dir, const Censor& censor) {
  PublishRequest request;
  request.step_dir = dir / "steps/001-pre-a";
  request.target = dir / "artifacts/test/a";
  request.censor = &censor;
  request.finished.started = *parse_wall_time("2026-08-21T10:15:00");
  request.finished.ended = *parse_wall_time("2026-08-21T10:15:10");
  request.finished.duration_s = 10;
  return request;
}

}  // namespace

TEST_CASE("what a step left is published, cleaned and censored") {
  const TempDir dir;
  const std::string art = dir / "steps/001-pre-a/artifacts";
  put(art + "/sub/log", "token swordfish");
  put(art + "/metadata.json", "{\"version\": \"4.18\"}");
  put(dir / "secret", "outside");
  fs::create_symlink("sub/log", art + "/inside");
  fs::create_symlink(art + "/sub", art + "/sub/absolute");
  fs::create_symlink("../../../secret", art + "/outside");
  fs::create_symlink("/etc/passwd", art + "/passwd");
  fs::create_symlink("missing", art + "/dangling");
  fs::create_symlink("../../../../missing", art + "/far");
  ::mkfifo((art + "/pipe").c_str(), 0600);
  put(dir / "steps/001-pre-a/build-log.txt", "hello\n");
  put(dir / "steps/001-pre-a/status", "");
  Censor censor;
  censor.add("swordfish");
  PublishRequest what = request(dir, censor);
  what.finished.exit_code = 130;
  const auto published = publish_step(what);
  REQUIRE(published);
  CHECK(published->files == 2);
  CHECK(published->censored == 1);
  CHECK(published->warnings.size() == 4);
  CHECK(get(dir / "artifacts/test/a/artifacts/sub/log") == "token XXXXXXXXX");
  CHECK(get(dir / "artifacts/test/a/artifacts/inside") == "token XXXXXXXXX");
  CHECK(get(dir / "artifacts/test/a/artifacts/sub/absolute/log") == "token XXXXXXXXX");
  CHECK(fs::is_symlink(dir / "artifacts/test/a/artifacts/dangling"));
  CHECK_FALSE(fs::exists(fs::symlink_status(dir / "artifacts/test/a/artifacts/passwd")));
  CHECK(get(dir / "secret") == "outside");
  // Records that are written later show up.
  put(dir / "steps/001-pre-a/status", "late\n");
  CHECK(get(dir / "artifacts/test/a/status") == "late\n");
  CHECK(get(dir / "artifacts/test/a/build-log.txt") == "hello\n");
  const auto finished = nlohmann::json::parse(get(dir / "artifacts/test/a/finished.json"));
  CHECK(finished["timestamp"] == 1787307310);
  CHECK(finished["passed"] == false);
  CHECK(finished["result"] == "ABORTED");
  CHECK(finished["metadata"]["version"] == "4.18");
}

TEST_CASE("over the limit the largest files are left out, and listed") {
  const TempDir dir;
  const std::string art = dir / "steps/001-pre-a/artifacts";
  put(art + "/big", std::string(100, 'x'));
  put(art + "/small", std::string(10, 'x'));
  put(art + "/medium", std::string(50, 'x'));
  const Censor censor;
  PublishRequest what = request(dir, censor);
  what.max_bytes = 20;
  const auto published = publish_step(what);
  REQUIRE(published);
  CHECK(published->dropped == std::vector<std::string>{"big", "medium"});
  CHECK(published->bytes == 10);
  CHECK(get(dir / "artifacts/test/a/dropped.txt") == "big\nmedium\n");
}

TEST_CASE("a step that left nothing, and one that is published again") {
  const TempDir dir;
  fs::create_directories(dir / "steps/001-pre-a");
  const Censor censor;
  PublishRequest what = request(dir, censor);
  what.finished.passed = true;
  REQUIRE(publish_step(what));
  REQUIRE(publish_step(what));
  CHECK(fs::exists(dir / "artifacts/test/a.1/finished.json"));
  const auto finished = nlohmann::json::parse(get(dir / "artifacts/test/a/finished.json"));
  CHECK(finished["result"] == "SUCCESS");
  std::string deep = "{}";
  for (int i = 0; i < 100'000; ++i) deep.insert(deep.size() - 1, "\"a\":{");
  put(dir / "steps/001-pre-a/artifacts/metadata.json", deep + std::string(100'000, '}'));
  REQUIRE(publish_step(what));  // the step's own text must not harm who reads it
  CHECK(nlohmann::json::parse(get(dir / "artifacts/test/a/finished.json"))["metadata"].empty());
  put(dir / "file", "");
  what.target = dir / "file/x";
  CHECK_FALSE(publish_step(what));
}

TEST_CASE("one custom-prow-metadata.json is merged, two are not") {
  const TempDir dir;
  put(dir / "a/step/artifacts/custom-prow-metadata.json", "{\"build\": 7}");
  CHECK(publish_metadata(dir.path(), "job", "run")->empty());
  CHECK(nlohmann::json::parse(get(dir / "metadata.json"))["build"] == 7);
  put(dir / "a/other/custom-prow-metadata.json", "{\"build\": 8}");
  CHECK(publish_metadata(dir.path(), "job", "run")->size() == 1);
  CHECK(nlohmann::json::parse(get(dir / "metadata.json")).size() == 2);
}
