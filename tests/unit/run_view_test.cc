#include "exec/run_view.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "exec/html_report.h"
#include "exec/log_excerpt.h"
#include "exec/remove_run.h"
#include "exec/view_json.h"
#include "temp_dir.h"

using namespace stepreg;
using namespace stepreg::exec;
using test::put;
using test::TempDir;
namespace fs = std::filesystem;

namespace {

constexpr const char* kRunJson = R"({"version": 1, "complete": true,
  "run": {"id": "20260821-101500-7f3a", "job": "org/repo@main:<e2e>", "host": "lab7"},
  "result": "FAILURE", "exit_code": 1, "cleanup": "clean",
  "causes": [{"kind": "step_timeout", "phase": "test", "step": "slow", "text": "a & b"}],
  "times": {"created": "2026-08-21T10:15:00.000Z", "total_s": 70.5},
  "limits": {"job_s": 100},
  "steps": [
    {"n": 1, "phase": "pre", "step": "up", "kind": "setup", "status": "PASS",
     "started": "2026-08-21T10:15:01.000Z", "ended": "2026-08-21T10:15:11.000Z",
     "duration_s": 10, "limit": {"effective_s": 20, "origin": "step"},
     "log": "steps/001-pre-up/build-log.txt", "log_bytes": 40},
    {"n": 2, "phase": "test", "step": "slow", "kind": "test", "status": "FAIL",
     "cause": "step_timeout", "reason": "limit <20s> struck",
     "started": "2026-08-21T10:15:11.000Z", "ended": "2026-08-21T10:15:31.000Z",
     "duration_s": 20, "limit": {"effective_s": 20}, "user_status": [{"at": "x", "note": "<half>"}],
     "log": "steps/002-test-slow/build-log.txt"},
    {"n": 3, "phase": "post", "step": "down", "kind": "cleanup", "status": "SKIPPED"}],
  "observers": [{"name": "watch", "status": "FAIL", "reason": "gone"}],
  "leases": [{"type": "aws", "env": "L", "names": ["a", "b"], "waited_s": 1}]})";

RunDir fabricated(const TempDir& dir) {
  const RunDir run(dir / "runs/20260821-101500-7f3a");
  put(run.run_json(), kRunJson);
  put(run.status(), "2026-08-21T10:16:10.000000 COMPLETE result=FAILURE\n");
  put(run.path() + "/steps/001-pre-up/status", "2026-08-21T10:15:11.000000 COMPLETE result=PASS\n");
  put(run.path() + "/steps/001-pre-up/build-log.txt", "hello <script>alert(1)</script>\n");
  put(run.path() + "/steps/002-test-slow/status", "2026-08-21T10:15:31.000000 STEP_TIMEOUT x\n");
  put(run.path() + "/steps/002-test-slow/build-log.txt", "\x1b[31mred\x1b[0m\n10%\r100%\n\xff\n");
  put(run.path() + "/steps/noise", "");
  return run;
}

}  // namespace

TEST_CASE("a run is seen from outside") {
  const TempDir dir;
  const RunDir run = fabricated(dir);
  const RunView view = view_run(run, true);
  CHECK(view.life == RunLife::died);
  CHECK(view.state.state == "COMPLETE");
  CHECK(view.result.job == "org/repo@main:<e2e>");
  CHECK(view.result.causes.front().step == "slow");
  REQUIRE(view.steps.size() == 2);
  CHECK(view.steps[1].name == "slow");
  CHECK(find_step(view.steps, "2") == &view.steps[1]);
  CHECK(find_step(view.steps, "pre/up") == &view.steps[0]);
  CHECK(find_step(view.steps, "down") == nullptr);
  CHECK(iso_utc(*created_at(run)) == "2026-08-21T10:15:00.000Z");
  const auto json = nlohmann::json::parse(status_json(view, nullptr));
  CHECK(json["life"] == "died");
  CHECK(json["steps"][1]["state"]["state"] == "STEP_TIMEOUT");
}

TEST_CASE("damaged files are seen as far as they go") {
  const TempDir dir;
  const RunDir run(dir / "runs/x");
  put(run.plan(), R"({"job": {"id": "from the plan"}})");
  put(run.run_json(), R"({"run": 7, "steps": [{"n": 1, "limit": 3, "user_status": [4]}, 5],)"
                      R"( "times": [], "result": "SUCCESS"})");
  const RunView view = view_run(run, true);
  CHECK(view.result.job == "from the plan");
  CHECK(view.result.result == "SUCCESS");
  CHECK(view.state.state == "UNKNOWN");
  put(run.run_json(), "{\"torn");
  CHECK(view_run(run, true).result.result.empty());
  CHECK_FALSE(html_report(view).empty());
}

TEST_CASE("the page escapes everything and has all steps") {
  const TempDir dir;
  const std::string page = html_report(view_run(fabricated(dir), false));
  CHECK(page.find("<script") == std::string::npos);
  CHECK(page.find("&lt;script&gt;alert(1)") != std::string::npos);
  CHECK(page.find("&lt;e2e&gt;") != std::string::npos);
  CHECK(page.find("a &amp; b") != std::string::npos);
  CHECK(page.find("limit &lt;20s&gt; struck") != std::string::npos);
  CHECK(page.find("&lt;half&gt;") != std::string::npos);
  CHECK(page.find("post/down") != std::string::npos);
  CHECK(page.find("left:33.33%;width:66.67%") != std::string::npos);
  CHECK(page.find("red\n100%\n\xEF\xBF\xBD\n") != std::string::npos);
  CHECK(page.find("http") == std::string::npos);  // needs nothing from elsewhere
}

TEST_CASE("the end of a log is shown as a terminal would") {
  const TempDir dir;
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "line " + std::to_string(i) + "\n";
  put(dir / "log", text);
  const LogExcerpt excerpt = read_log_excerpt(dir / "log", 3);
  CHECK(excerpt.lines == std::vector<std::string>{"line 19997", "line 19998", "line 19999"});
  CHECK(excerpt.bytes_before == text.size() - 33);
  CHECK(read_log_excerpt(dir / "missing", 3).lines.empty());
  put(dir / "short", "a\n\nb");
  CHECK(read_log_excerpt(dir / "short", 9).lines == std::vector<std::string>{"a", "", "b"});
  CHECK(read_log_excerpt(dir / "short", 9).bytes_before == 0);
  CHECK(terminal_line("\x1b]0;title\x07x\x1b[1;31my\x1b[") == "xy");
  CHECK(terminal_line("a\rb\r\r") == "b");
  CHECK(terminal_line(std::string(5000, 'x')).size() == 2000);
}

TEST_CASE("runs that may have leaked stay") {
  const TempDir dir;
  const StateRoot root(dir.path());
  const RunDir run = fabricated(dir);
  CHECK(why_keep(run, false)->find("died") != std::string::npos);
  CHECK_FALSE(why_keep(run, true));
  put(run.marker(), "{}");
  CHECK_FALSE(why_keep(run, false));
  std::string leaked = kRunJson;
  leaked.replace(leaked.find("\"clean\""), 7, "\"failed\"");
  put(run.run_json(), leaked);
  CHECK(why_keep(run, false)->find("`failed`") != std::string::npos);
  Result<NewRun> active = create_run(root);
  REQUIRE(active);
  CHECK(why_keep(active->dir, true)->find("at work") != std::string::npos);
  CHECK_FALSE(remove_run(active->dir));
  CHECK(remove_run(run));
  CHECK_FALSE(fs::exists(run.path()));
  put(dir / "runs/.gone-x/lock", "");
  put(dir / "runs/.gone-x/file", "");
  remove_leftovers(root);
  CHECK_FALSE(fs::exists(dir / "runs/.gone-x"));
  CHECK(list_runs(root)->size() == 1);
}
