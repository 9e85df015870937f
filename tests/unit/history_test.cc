#include "exec/history.h"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "temp_dir.h"

using namespace stepreg;
using namespace stepreg::exec;
using test::get;
using test::put;
using test::TempDir;

namespace {

DurationRecord record(int minute, double duration, const char* cause = "") {
  DurationRecord r;
  r.run = "run";
  r.job = "job";
  r.phase = "test";
  r.step = "step";
  r.start = *parse_wall_time("2026-08-21T10:00:00") + std::chrono::minutes(minute);
  r.duration_s = duration;
  r.limit_s = 7200;
  r.effective_s = 7200;
  r.rule = "step";
  r.bound = "step";
  r.outcome = *cause == '\0' ? "PASS" : "FAIL";
  r.cause = cause;
  r.host = "host";
  return r;
}

LimitAdvice advice(const std::vector<DurationRecord>& records) {
  const auto all = advise_limits(records, {});
  REQUIRE(all.size() == 1);
  return all.front();
}

std::string flags(const LimitAdvice& a) {
  return join(a.flags, " ");
}

}  // namespace

TEST_CASE("durations are recorded and read back, damaged lines left out") {
  const TempDir dir;
  const std::string file = dir / "history/durations.jsonl";
  CHECK(read_durations(file)->empty());
  DurationRecord first = record(0, 1.5);
  first.idle_s = 60;
  first.limit_s.reset();
  CHECK(append_duration(file, first));
  put(file, get(file) + "{\"torn");
  CHECK(append_duration(file, record(1, 2)));
  const auto records = read_durations(file);
  REQUIRE(records->size() == 2);
  CHECK(records->front() == first);
  CHECK((*records)[1] == record(1, 2));
}

TEST_CASE("several runs record at once, and old records go") {
  const TempDir dir;
  const std::string file = dir / "durations.jsonl";
  constexpr int kProcesses = 4;
  constexpr int kEach = 2500;
  for (int p = 0; p < kProcesses; ++p) {
    if (::fork() != 0) continue;
    DurationRecord r = record(0, p);
    r.step = "step" + std::to_string(p % 2);
    r.plan_sha256 = std::string(64, 'a');
    for (int i = 0; i < kEach; ++i) {
      r.start = r.start + std::chrono::seconds(1);
      if (!append_duration(file, r)) ::_exit(1);
    }
    ::_exit(0);
  }
  int good = 0;
  int status = 0;
  while (::wait(&status) > 0) good += status == 0 ? 1 : 0;
  CHECK(good == kProcesses);
  const auto records = read_durations(file);
  CHECK(records->size() >= 2 * kHistoryPerStep);
  CHECK(std::filesystem::file_size(file) < 3U << 20);
  CHECK(get(file).ends_with("}\n"));
}

TEST_CASE("suggestions are rounded up by size") {
  CHECK(suggested_limit_s(0) == 60);
  CHECK(suggested_limit_s(50) == 60);
  CHECK(suggested_limit_s(51) == 120);
  CHECK(suggested_limit_s(600) == 720);
  CHECK(suggested_limit_s(3000) == 3600);
  CHECK(suggested_limit_s(3001) == 3900);
  CHECK(suggested_limit_s(12000) == 14400);
  CHECK(suggested_limit_s(12001) == 16200);
}

TEST_CASE("numbers and flags of a step") {
  std::vector<DurationRecord> records;
  for (int i = 1; i <= 20; ++i) records.push_back(record(i, 10 * i));
  LimitAdvice a = advice(records);
  CHECK(a.runs == 20);
  CHECK(*a.longest_s == 200);
  CHECK(*a.p95_s == 190);
  CHECK(*a.median_s == 100);
  CHECK(a.last_s == 200);
  CHECK(*a.ratio == 36);
  CHECK(*a.suggested_s == 240);
  CHECK(flags(a) == "excessive");

  records.push_back(record(21, 7200, "step_timeout"));
  CHECK(flags(advice(records)) == "excessive regression timed out 1x");
  records.push_back(record(22, 6200));
  records.back().rule = "default";
  a = advice(records);
  CHECK(flags(a) == "tight default regression timed out 1x");
  CHECK(*a.longest_s == 6200);
  const auto last = advise_limits(records, {.job = "j*", .runs = 1});
  CHECK(last.front().runs == 1);
  CHECK(advise_limits(records, {.job = "other", .runs = {}}).empty());
}

TEST_CASE("a step that never passed gets no suggestion") {
  const LimitAdvice a = advice({record(0, 5, "exit_nonzero")});
  CHECK_FALSE(a.longest_s);
  CHECK_FALSE(a.suggested_s);
  CHECK(flags(a).empty());
}

TEST_CASE("timeouts.json has the steps and a suggestion for the job") {
  DurationRecord post = record(1, 100);
  post.phase = "post";
  const auto json = nlohmann::json::parse(
      timeouts_json("run", "job", {}, {record(0, 50), post}, {record(0, 50), post}));
  CHECK(json["phases"]["test"] == 50);
  CHECK(json["job_suggested_s"] == 60);
  CHECK(json["job_limit_s"].is_null());
  CHECK(json["steps"][0]["suggested_s"] == 60);
  CHECK(json["steps"][1]["suggested_s"] == 120);
}
