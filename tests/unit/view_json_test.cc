#include "exec/view_json.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include "exec/artifacts.h"
#include "json_schema_check.h"
#include "temp_dir.h"

using namespace stepreg;
using namespace stepreg::exec;
using nlohmann::json;
using test::get;
using test::put;
using test::SchemaCheck;
using test::TempDir;

namespace {

std::string problem(const char* schema, const std::string& text) {
  return SchemaCheck(schema).problem(json::parse(text));
}

DurationRecord duration(const char* outcome) {
  DurationRecord record;
  record.run = "run";
  record.job = "job";
  record.phase = "test";
  record.step = "step";
  record.start = wall_now();
  record.duration_s = 5;
  record.limit_s = 60;
  record.rule = "default";
  record.outcome = outcome;
  return record;
}

}  // namespace

TEST_CASE("the schema check itself finds mistakes") {
  const std::string good =
      R"({"at": null, "state": "INFO", "note": "", "damaged": false, "incomplete": false})";
  CHECK(problem("steprun.record", good).empty());
  json bad = json::parse(good);
  bad["state"] = "info";
  CHECK(SchemaCheck("steprun.record").problem(bad) == "/state breaks pattern");
  bad = json::parse(good);
  bad.erase("note");
  CHECK(SchemaCheck("steprun.record").problem(bad) == " breaks required");
  bad = json::parse(good);
  bad["new"] = 1;
  CHECK(SchemaCheck("steprun.record").problem(bad) == "/new is not in the schema");
}

TEST_CASE("what is printed about runs follows its schemas") {
  const TempDir dir;
  const RunDir run(dir / "runs/20260821-101500-7f3a");
  put(run.run_json(), R"({"result": "FAILURE", "exit_code": 1, "cleanup": "clean"})");
  StatusFile status(run.status(), {});
  status.set("RUNNING", "phase=pre");
  put(run.path() + "/steps/001-pre-up/status", "noise\n");
  const RunView view = view_run(run, true);
  const auto history = StatusReader(run.status()).history();
  CHECK(problem("steprun.status", status_json(view, nullptr)).empty());
  CHECK(problem("steprun.status", status_json(view, &history)).empty());
  CHECK(problem("steprun.record", record_json_line(history.back())).empty());
  const RunView empty = view_run(RunDir(dir / "runs/missing"), true);
  CHECK(problem("steprun.list", list_json({view, empty})).empty());
}

TEST_CASE("leases and limits are printed by their schemas") {
  LeaseRecord held{"aws",      "a",       LeaseState::leased, LeaseOwner{"run", self_identity()},
                   wall_now(), wall_now()};
  CHECK(problem("steprun.leases", leases_json({held, {}})).empty());
  const std::vector<DurationRecord> records = {duration("PASS"), duration("FAIL")};
  CHECK(problem("steprun.timeouts", advice_json(advise_limits(records, {}))).empty());
  CHECK(
      problem("steprun.run-timeouts", timeouts_json("run", "job", 7.0, records, records)).empty());
}

TEST_CASE("recorded durations and published results follow their schemas") {
  const TempDir dir;
  REQUIRE(append_duration(dir / "durations.jsonl", duration("PASS")));
  CHECK(problem("steprun.duration", get(dir / "durations.jsonl")).empty());
  put(dir / "step/artifacts/metadata.json", R"({"anything": [1]})");
  const Censor censor;
  PublishRequest request;
  request.step_dir = dir / "step";
  request.target = dir / "out";
  request.censor = &censor;
  REQUIRE(publish_step(request));
  CHECK(problem("steprun.finished", get(dir / "out/finished.json")).empty());
  CHECK(problem("steprun.timing", get(dir / "out/timing.json")).empty());
}
