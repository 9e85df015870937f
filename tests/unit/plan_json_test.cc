#include "plan/json.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "base/fs.h"

using namespace stepreg;
using namespace stepreg::plan;

namespace {

Origin origin_at(const char* source, unsigned line) {
  return {source, "a/b.yaml", line, 3};
}

// Every field with a value that is not its default.
Plan full_plan() {
  Plan plan;
  plan.partial = true;
  Job& job = plan.job;
  job.id = "o/r@main__v:t";
  job.org = "o", job.repo = "r", job.branch = "main", job.variant = "v", job.test = "t";
  job.workflow = "w";
  job.origin = origin_at("test", 4);
  job.cluster_profile = {"aws", "aws", "aws-quota", "secret", "map", "pool", {"a", "b"}, {}};
  job.allow_skip_on_success = job.allow_best_effort_post_steps = true;
  job.timeout = {14400.0, "timeouts.job", origin_at("test", 9), false};
  job.lease_timeout = {60.0, "timeouts.lease", {}, false};
  job.prepare_timeout = {};
  job.phase_timeout[1] = {7200.5, "timeouts.phases.test.total", {}, false};
  job.cleanup_reserve_seconds = 1;
  plan.machine = {{{"aws-quota", {"one", "two"}}},
                  {{"aws-quota", 86400.0}},
                  {{"aws", "profiles/aws"}},
                  {{"cli", "q/cli:1"}},
                  {"SSH_AUTH_SOCK"},
                  "store",
                  "stop"};
  plan.leases = {{"aws-quota", "LEASED_RESOURCE", 2, origin_at("profile/aws", 1)}};
  Step step;
  step.phase = Phase::pre;
  step.kind = Kind::setup;
  step.name = "ipi-install";
  step.path = {"workflow/w", "chain/c", "ref/ipi-install"};
  step.script = {"ipi/install-commands.sh", std::string(64, 'a'), "echo \"hi\"\n\xc3\xa4", true};
  step.image = {"cli", "ns/name:tag"};
  step.env = {{"A", "", origin_at("ref/ipi-install", 7), {{"x", {}}, {std::nullopt, {}}}},
              {"B", std::nullopt, {}, {}}};
  step.dependencies = {{"IMG", "stable:cli", "q/cli@sha256:0", {}, {{"old", {}}}}};
  step.leases = plan.leases;
  step.credentials = {{"/c", "ns", "name", "col", "grp", "fld", "as", "bnd", true}};
  step.observers = {"watch"};
  step.resources = {{{"cpu", "1"}}, {{"memory", "1Gi"}}};
  step.dns = {{"10.0.0.1"}, {"lab"}};
  step.cli = "latest";
  step.node_architecture = "arm64";
  step.optional_on_success = step.best_effort = step.no_kubeconfig = step.nested_podman = true;
  step.readonly_shared_dir = step.resets = step.needs_pre = step.detach = true;
  step.retries = 2;
  step.workdir = "w";
  step.timeout_file = "beat";
  step.log_limit_bytes = 5000000000ULL;
  step.timeout = {0.5, "step", {}, true};
  step.idle = {30.0, "timeouts.idle", {}, false};
  plan.steps.push_back(step);
  step.name = "other";
  step.grace.seconds = 7;
  plan.steps.push_back(step);
  Observer observer;
  observer.name = "watch";
  observer.script = {"o.sh", std::string(64, 'b'), std::nullopt, false};
  plan.observers = {observer};
  plan.dropped = {{Phase::post, "gone", {"workflow/w"}}};
  plan.problems = {"`B` is open"};
  return plan;
}

nlohmann::ordered_json minimal() {
  return nlohmann::ordered_json::parse(R"({"format": "stepreg.plan", "version": "1.0",
    "job": {"id": "x", "test": "x"},
    "steps": [{"phase": "test", "name": "a", "script": {"text": "true"}}]})");
}

// The text of the problem at `where`, or what was found instead.
std::string problem_at(const nlohmann::ordered_json& json, const std::string& where) {
  std::string all;
  for (const Problem& problem : from_json(json.dump()).problems) {
    if (problem.where == where) return problem.text;
    all += problem.where + ": " + problem.text + "\n";
  }
  return "nothing there, but:\n" + all;
}

}  // namespace

TEST_CASE("a plan reads back as it was written") {
  const Plan plan = full_plan();
  for (Style style : {Style::pretty, Style::line}) {
    const std::string text = to_json(plan, style);
    const Parsed parsed = from_json(text);
    for (const Problem& problem : parsed.problems) FAIL(problem.where, ": ", problem.text);
    CHECK(parsed.plan == plan);
    CHECK(to_json(parsed.plan, style) == text);
  }
}

TEST_CASE("a plan without limits gets the defaults") {
  const Parsed parsed = from_json(minimal().dump());
  REQUIRE(parsed.problems.empty());
  CHECK(parsed.plan.steps[0].timeout.seconds == 7200);
  CHECK(parsed.plan.steps[0].grace.seconds == 15);
  CHECK_FALSE(parsed.plan.steps[0].idle.seconds);
  CHECK(parsed.plan.job.lease_timeout.seconds == 7200);
}

TEST_CASE("the kind of a post step that says nothing") {
  auto json = minimal();
  json["steps"][0]["phase"] = "post";
  CHECK(from_json(json.dump()).plan.steps[0].kind == Kind::cleanup);
  json["steps"][0]["name"] = "gather-must-gather";
  CHECK(from_json(json.dump()).plan.steps[0].kind == Kind::collection);
  json["steps"][0]["name"] = "a";
  json["steps"][0]["path"] = {"workflow/dump", "chain/x-dump", "ref/a"};
  CHECK(from_json(json.dump()).plan.steps[0].kind == Kind::collection);
  json["steps"][0]["kind"] = "cleanup";
  CHECK(from_json(json.dump()).plan.steps[0].kind == Kind::cleanup);
}

TEST_CASE("what is no plan is named") {
  const std::string whole = to_json(full_plan(), Style::pretty);
  const auto cut = from_json(whole.substr(0, whole.size() / 2));
  REQUIRE(cut.problems.size() == 1);
  CHECK(cut.problems[0].text == "not a complete JSON document; was the file cut short?");
  for (const char* text : {"", "[]", "null", "{", "\xff", "\"\\ud800\""}) {
    CHECK_FALSE(from_json(text).problems.empty());
  }
  CHECK_FALSE(from_json(std::string(100000, '[')).problems.empty());
  CHECK(from_json(R"({"format": "stepreg.plan", "format": "stepreg.plan"})").problems[0].text ==
        "field `format` appears twice in one object");
}

TEST_CASE("each mistake is named with its place") {
  auto json = minimal();
  SUBCASE("format") {
    json["format"] = "other";
    CHECK(problem_at(json, "/format") == "expected `stepreg.plan`; is this a plan?");
  }
  SUBCASE("major version") {
    json["version"] = "2.0";
    CHECK(problem_at(json, "/version").starts_with("version `2.0` cannot be read"));
  }
  SUBCASE("unknown field") {
    json["steps"][0]["timeuot"] = 1;
    json["steps"][0]["x-mine"] = 1;
    CHECK(problem_at(json, "/steps/0/timeuot") ==
          "unknown field `timeuot`; did you mean `timeout`?");
    CHECK(from_json(json.dump()).problems.size() == 1);
    json["version"] = "1.7";
    CHECK(from_json(json.dump()).problems.empty());
  }
  SUBCASE("types") {
    json["steps"][0]["timeout"] = "90s";
    json["steps"][0]["retries"] = -1;
    json["steps"][0]["best_effort"] = "yes";
    json["steps"][0]["env"] = nlohmann::ordered_json::object();
    json["steps"][0]["phase"] = "prep";
    json["machine"] = {{"lease_pools", {{"a/b", "c"}}}};
    CHECK(problem_at(json, "/steps/0/timeout") == "expected an object, found a string");
    CHECK(problem_at(json, "/steps/0/retries").starts_with("expected a whole number"));
    CHECK(problem_at(json, "/steps/0/best_effort") == "expected true or false, found a string");
    CHECK(problem_at(json, "/steps/0/env") == "expected a list, found an object");
    CHECK(problem_at(json, "/steps/0/phase") == "expected `pre`, `test` or `post`");
    CHECK(problem_at(json, "/machine/lease_pools/a~1b") == "expected a list, found a string");
  }
  SUBCASE("seconds") {
    json["steps"][0]["timeout"] = {{"seconds", -1}};
    json["steps"][0]["grace"] = {{"seconds", 1e300}};
    CHECK(problem_at(json, "/steps/0/timeout/seconds") == "seconds must not be negative");
    CHECK(problem_at(json, "/steps/0/grace/seconds").starts_with("more than 292 years"));
  }
  SUBCASE("missing") {
    json["job"].erase("id");
    json["steps"][0].erase("script");
    CHECK(problem_at(json, "/job") == "missing field `id`");
    CHECK(problem_at(json, "/steps/0") == "missing field `script`");
  }
  SUBCASE("names") {
    json["steps"].push_back(json["steps"][0]);
    json["steps"][1]["phase"] = "pre";
    json["steps"][1]["script"] = {{"path", "../x"}, {"sha256", "abc"}};
    CHECK(problem_at(json, "/steps/1/name") == "name `a` repeats /steps/0/name");
    CHECK(problem_at(json, "/steps/1/phase").starts_with("phases must be in the order"));
    CHECK(problem_at(json, "/steps/1/script/path") == "must be relative and without `..`");
    CHECK(problem_at(json, "/steps/1/script/sha256").starts_with("expected 64"));
    json["steps"][1]["name"] = "a/b";
    CHECK(problem_at(json, "/steps/1/name").starts_with("`a/b` cannot name a directory"));
  }
  SUBCASE("digest") {
    auto written = nlohmann::ordered_json::parse(to_json(full_plan(), Style::line));
    written["job"]["test"] = "changed";
    CHECK(problem_at(written, "/digest").starts_with("the plan was changed after it was made"));
  }
}

TEST_CASE("the published schema is the one of the reader") {
  const auto published =
      read_file(std::string(SOURCE_DIR) + "/schemas/stepreg.plan.schema.json", 1U << 20);
  REQUIRE(published);
  CHECK(*published == json_schema());
}
