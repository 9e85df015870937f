#include "render/findings.h"

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "base/fs.h"
#include "diag/baseline.h"
#include "json_schema_check.h"
#include "render/text_range.h"
#include "report_sample.h"

// Last: it takes the name CHECK over from base/check.h.
#include <doctest/doctest.h>

using namespace stepreg;
using stepreg::testing::Files;
using stepreg::testing::sample_report;
using Json = nlohmann::json;

namespace {

std::string rendered(FindingsFormat format, const Report& report) {
  return render_findings(format, report, {});
}

}  // namespace

TEST_CASE("full shows every labelled place, the way and the guess") {
  Files files;
  const std::string text = rendered(FindingsFormat::full, sample_report(files));
  const std::string expected =
      R"(error[SR401 workflow-env-undeclared]: no step of the workflow declares `FOOO`
  --> registry/w/w-workflow.yaml:6:7
   |
 6 |       FOOO: "1"
   |       ^^^^
...
 8 |     - ref: a
   |       --- this step would have read it
  ::: registry/a/a-ref.yaml:4:11
   |
 4 |   - name: FOO
   |           --- declared here
   = way: workflow/w > ref/a
   = help: did you mean `FOO`?
   = fix: `--unsafe-fixes` mends it by this guess
)";
  CHECK_MESSAGE(text.find(expected) != std::string::npos, text);
}

TEST_CASE("full survives odd lines") {
  Files files;
  const SourceFile& file =
      files.add("odd", "\tkey: \x01\x1b[31mred\n" + std::string(500, 'x') + "y\n\n");
  Report report;
  for (const std::uint32_t offset : {1U, 6U, 300U, 517U, 518U, 519U, 4000U}) {
    Diagnostic& finding = report.findings.emplace_back(rule("SR010"));
    finding.at = Location::of({&file, offset});
  }
  const std::string text = rendered(FindingsFormat::full, report);
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find('\t') == std::string::npos);
  CHECK(text.find("...xxxx") != std::string::npos);
}

TEST_CASE("concise is one line per active finding") {
  Files files;
  CHECK(rendered(FindingsFormat::concise, sample_report(files)) ==
        "registry/a: info: no OWNERS [SR801 owners-missing]\n"
        "registry/a/a-ref.yaml:5:14: warning: `4.10` becomes `4.1` [SR213 scalar-changed]\n"
        "registry/w/w-workflow.yaml:6:7: error: no step of the workflow declares `FOOO` "
        "[SR401 workflow-env-undeclared]\n");
}

TEST_CASE("every format is valid without findings") {
  const Report empty;
  for (const auto name : findings_format_names()) {
    const FindingsFormat format = *findings_format(name);
    const std::string text = rendered(format, empty);
    CAPTURE(name);
    if (name == "full" || name == "concise" || name == "github") {
      CHECK(text.empty());
    } else if (name == "junit" || name == "checkstyle") {
      CHECK(text.starts_with("<?xml"));
    } else if (name == "jsonl") {
      CHECK(Json::accept(text.substr(0, text.find('\n'))));
    } else {
      CHECK(Json::accept(text));
    }
  }
  CHECK(summary_line(empty) == "no findings; 0 files checked");
}

TEST_CASE("json has the findings of all states, with fingerprints that differ") {
  Files files;
  const Json json = Json::parse(rendered(FindingsFormat::json, sample_report(files)));
  CHECK(json["format"] == "stepreg.findings");
  CHECK(json["findings"].size() == 5);
  CHECK(json["summary"]["errors"] == 1);
  CHECK(json["summary"]["ignored"] == 1);
  CHECK(json["findings"][1]["fix"]["safe"] == true);
  CHECK(json["findings"][1]["location"]["column"] == 14);
  CHECK(json["findings"][0]["fingerprint"] != json["findings"][1]["fingerprint"]);
}

TEST_CASE("json and baseline keep to their schemas") {
  Files files;
  const Report report = sample_report(files);
  const test::SchemaCheck findings("stepreg.findings");
  CHECK(findings.problem(Json::parse(rendered(FindingsFormat::json, report))) == "");
  CHECK(findings.problem(Json::parse(rendered(FindingsFormat::json, Report{}))) == "");
  CHECK(
      test::SchemaCheck("stepreg.baseline").problem(Json::parse(baseline_text(report.findings))) ==
      "");
}

TEST_CASE("sarif: suppressions, fixes, rule indexes") {
  Files files;
  const Json run = Json::parse(rendered(FindingsFormat::sarif, sample_report(files)))["runs"][0];
  const Json& rules = run["tool"]["driver"]["rules"];
  for (const Json& result : run["results"]) {
    CHECK(rules[result["ruleIndex"].get<std::size_t>()]["id"] == result["ruleId"]);
  }
  const Json& fix = run["results"][1]["fixes"][0]["artifactChanges"][0];
  CHECK(fix["replacements"][0]["insertedContent"]["text"] == "\"4.10\"");
  CHECK(fix["replacements"][0]["deletedRegion"]["endColumn"] == 18);
  CHECK(run["results"][2]["suppressions"][0]["justification"] == "old name");
  CHECK(run["results"][4]["suppressions"][0]["kind"] == "external");
}

TEST_CASE("github puts the most severe first and escapes") {
  Files files;
  Report report = sample_report(files);
  report.findings[1].message = "50%\nnext";
  const std::string text = rendered(FindingsFormat::github, report);
  CHECK(text.starts_with("::error file=registry/w/w-workflow.yaml,line=6,endLine=6,col=7,"));
  CHECK(text.find("::50%25%0Anext") != std::string::npos);
}

TEST_CASE("junit fails what fails the run, and skips what is suppressed") {
  Files files;
  const std::string text = rendered(FindingsFormat::junit, sample_report(files));
  CHECK(
      text.find(
          "<testsuites name=\"stepreg\" tests=\"5\" failures=\"1\" errors=\"0\" skipped=\"2\">") !=
      std::string::npos);
  CHECK(text.find("`w` &amp; &lt;others&gt;") != std::string::npos);
}

TEST_CASE("columns in UTF-16 code units") {
  CHECK(utf16_column("\xC3\x84x", 3) == 2);
  CHECK(utf16_column("\xF0\x9F\x98\x80x", 5) == 3);
  CHECK(utf16_column("ab", 9) == 9);
}

TEST_CASE("the summary counts what is active") {
  Files files;
  CHECK(summary_line(sample_report(files)) ==
        "1 error, 1 warning, 1 info in 3 files; 3 files checked; 1 ignored by comments; "
        "1 in the baseline");
}

// Set STEPREG_RENDER_TO to a folder to have the sample in every format, for outside validators.
TEST_CASE("the sample in every format") {
  const char* folder = std::getenv("STEPREG_RENDER_TO");
  if (folder == nullptr) return;
  Files files;
  const Report report = sample_report(files);
  for (const auto name : findings_format_names()) {
    const std::string target = join_path(folder, name);
    REQUIRE(write_file_atomic(target, rendered(*findings_format(name), report)));
    REQUIRE(write_file_atomic(target + ".empty", rendered(*findings_format(name), Report{})));
  }
}
