// What is too large is refused with its limit, whatever else is wrong with it.
#include <doctest/doctest.h>

#include <filesystem>

#include "base/json_nesting.h"
#include "load/read.h"
#include "plan/json.h"
#include "temp_dir.h"
#include "yaml/document.h"

using namespace stepreg;
using test::put;
using test::TempDir;

namespace {

std::string repeated(std::string_view text, std::size_t count) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

// "CODE MESSAGE" of the only finding about a YAML text; "" when there is none.
std::string finding_of(std::string text) {
  const SeverityTable severities;
  Sink sink(severities);
  const SourceFile file("a.yaml", std::move(text));
  yaml::parse(file, sink);
  if (sink.findings().empty()) return "";
  REQUIRE(sink.findings().size() == 1);
  return std::string(sink.findings()[0].rule.info().code) + " " + sink.findings()[0].message;
}

std::string problem_of(const std::string& plan) {
  const plan::Parsed parsed = plan::from_json(plan);
  return parsed.problems.empty() ? "" : parsed.problems[0].text;
}

}  // namespace

TEST_CASE("a file that is too large is not read") {
  const TempDir dir;
  put(dir / "a.yaml", "a: b\n");
  const SeverityTable severities;
  Sink sink(severities);
  std::filesystem::resize_file(dir / "a.yaml", load::kMaxFileBytes);
  CHECK(load::read_source(dir / "a.yaml", "a.yaml", sink) != nullptr);
  std::filesystem::resize_file(dir / "a.yaml", load::kMaxFileBytes + 1);
  CHECK(load::read_source(dir / "a.yaml", "a.yaml", sink) == nullptr);
  REQUIRE(sink.findings().size() == 1);
  CHECK(sink.findings()[0].rule == rule("SR004"));
  CHECK(sink.findings()[0].message == "has 16777217 bytes; at most 16777216 are read");
}

TEST_CASE("collections are nested as deep as the limit and no deeper") {
  CHECK(finding_of(repeated("[", yaml::kMaxDepth) + repeated("]", yaml::kMaxDepth)).empty());
  CHECK(finding_of(repeated("[", yaml::kMaxDepth + 1) + repeated("]", yaml::kMaxDepth + 1)) ==
        "SR012 collections are nested more than 100 deep");
  CHECK(finding_of(repeated("{a: ", 2000)).starts_with("SR012 "));
  CHECK(finding_of(repeated("- ", 2000) + "a").starts_with("SR012 "));
}

TEST_CASE("aliases may add many nodes, but in proportion to the text") {
  // 11 nodes for each alias, with 2 written out.
  const std::string list = "a: &a [x, x, x, x, x, x, x, x, x, x]\n";
  CHECK(finding_of(list + "b: [" + repeated("*a, ", 1000) + "]\n").empty());
  const std::string twice = list + "b: &b [" + repeated("*a, ", 500) + "]\n";
  CHECK(finding_of(twice + "c: [" + repeated("*b, ", 500) + "]\n") ==
        "SR013 aliases expand out of proportion");
}

TEST_CASE("of many documents the second is named and none is read") {
  CHECK(finding_of("a: b\n" + repeated("---\n[[[[\n", 100000)) ==
        "SR014 a second document begins here; it is ignored");
}

TEST_CASE("a plan that is too large or too deep is refused before it is parsed") {
  CHECK(problem_of(std::string(plan::kMaxPlanBytes + 1, ' ')) == "larger than 64 MiB");
  const auto nested = [](std::size_t depth) {
    return R"({"format": "stepreg.plan", "version": "1.0", "job": {"id": "a", "test": "a"}, )"
           R"("steps": [], "x-a": )" +
           repeated("[", depth - 1) + repeated("]", depth - 1) + "}";
  };
  CHECK(problem_of(nested(kMaxJsonNesting)).empty());
  CHECK(problem_of(nested(kMaxJsonNesting + 1)) ==
        "lists and objects are nested more than 100 deep; a plan has about 10 levels");
  CHECK(problem_of(repeated("{\"a\":", 1000000)).starts_with("lists and objects are nested"));
}

TEST_CASE("an object of a plan has many fields, but not any number") {
  std::string fields;
  for (int i = 0; i < 200'000; ++i) fields += "\"x-" + std::to_string(i) + "\": 1, ";
  CHECK(problem_of("{" + fields + "\"format\": \"stepreg.plan\"}") ==
        "an object has more than 4096 fields");
}

TEST_CASE("the nesting of JSON") {
  CHECK(json_nesting("") == 0);
  CHECK(json_nesting(R"(["[[[", "\"[[", {"{": []}])") == 3);
  CHECK(json_nesting("]]][") == 1);
  CHECK(json_nesting("\"[[\\") == 0);
}
