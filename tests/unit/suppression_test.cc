#include "diag/suppression.h"

#include "diag/baseline.h"
#include "report_sample.h"

// Last: it takes the name CHECK over from base/check.h.
#include <doctest/doctest.h>

using namespace stepreg;
using stepreg::testing::Files;

namespace {

struct Outcome {
  std::vector<Diagnostic> findings;
  std::vector<Diagnostic> about;  // the comments
};

// Findings of SR213 at every `!` of the text, then the comments.
Outcome suppressed(const SourceFile& file, Profile profile = Profile::recommended,
                   const RuleSet& undecided = {}) {
  Outcome outcome;
  for (std::size_t at = file.text().find('!'); at != std::string_view::npos;
       at = file.text().find('!', at + 1)) {
    Diagnostic& finding = outcome.findings.emplace_back(rule("SR213"));
    finding.at = Location::of({&file, static_cast<std::uint32_t>(at)});
    finding.component = "ref/a";
  }
  const SeverityTable severities(profile);
  Sink sink(severities);
  const SourceFile* files[] = {&file};
  apply_suppressions(files, undecided, outcome.findings, sink);
  outcome.about = sink.take();
  return outcome;
}

std::string states(const Outcome& outcome) {
  std::string text;
  for (const Diagnostic& finding : outcome.findings) {
    text += finding.state == Diagnostic::State::ignored ? 'i' : 'a';
  }
  return text;
}

}  // namespace

TEST_CASE("a comment covers its line; alone, the next line of content") {
  Files files;
  const Outcome outcome = suppressed(files.add("f",
                                               "a: !  # stepreg: ignore[scalar-changed] why not\n"
                                               "b: !\n"
                                               "# stepreg: ignore[SR213, scalar-changed]\n"
                                               "\n"
                                               "# another comment\n"
                                               "c: !\n"
                                               "d: !\n"));
  CHECK(states(outcome) == "iaia");
  CHECK(outcome.about.empty());
  CHECK(outcome.findings[0].state_reason == "why not");
}

TEST_CASE("a block is what is indented deeper") {
  Files files;
  const Outcome outcome =
      suppressed(files.add("f",
                           "# stepreg: ignore-block[scalar-changed] old\n"
                           "env:\n"
                           "- name: !\n"
                           "  x: !\n"
                           "other: !\n"
                           "list:\n"
                           "- a: !  # stepreg: ignore-block[scalar-changed] old\n"
                           "  b: !\n"
                           "- c: !\n"));
  CHECK(states(outcome) == "iiaiia");
  CHECK(outcome.about.empty());
}

TEST_CASE("a shell block ends with its closing word") {
  Files files;
  const Outcome outcome = suppressed(files.add("f.sh",
                                               "# stepreg: ignore-block[SR213] old\n"
                                               "if true; then\n"
                                               "  echo !\n"
                                               "fi\n"
                                               "echo !\n"));
  CHECK(states(outcome) == "ia");
}

TEST_CASE("a file") {
  Files files;
  CHECK(states(suppressed(files.add("f", "a: !\nb: !\n# stepreg: ignore-file[SR213] old\n"))) ==
        "ii");
}

TEST_CASE("what hides nothing is reported, with the edit that removes it") {
  Files files;
  const SourceFile& file = files.add("f", "a: b  # stepreg: ignore[scalar-changed] old\nc: d\n");
  const Outcome outcome = suppressed(file);
  REQUIRE(outcome.about.size() == 1);
  CHECK(outcome.about[0].rule == rule("SR901"));
  CHECK(outcome.about[0].at.column == 25);
  const Edit& edit = outcome.about[0].edits.at(0);
  CHECK(edit.offset == 4);
  CHECK(edit.length == 39);
  CHECK(suppressed(file, Profile::ci_operator).about.empty());  // the rule is off there
  RuleSet undecided;
  undecided.set(rule("SR213").index());
  CHECK(suppressed(file, Profile::recommended, undecided).about.empty());
}

TEST_CASE("only the unused name goes") {
  Files files;
  const Outcome outcome =
      suppressed(files.add("f", "# stepreg: ignore[SR213, key-case] old\na: !\n"));
  REQUIRE(outcome.about.size() == 1);
  CHECK(outcome.about[0].edits.at(0).replacement == "SR213");
}

TEST_CASE("unknown rules and comments that cannot be read") {
  Files files;
  const Outcome outcome = suppressed(files.add("f",
                                               "a: !  # stepreg: ignore[scalar-chnged] x\n"
                                               "b: !  # stepreg: ignore\n"
                                               "c: !  # stepreg: ignroe[SR213]\n"
                                               "d: !  # stepreg: ignore[SR213\n"
                                               "e: !  # stepreg: ignore[]\n"
                                               "f: 'no# stepreg: ignored'\n"));
  CHECK(states(outcome) == "aaaaa");
  REQUIRE(outcome.about.size() == 5);
  CHECK(outcome.about[0].rule == rule("SR902"));
  CHECK(outcome.about[0].edits.at(0).replacement == "scalar-changed");
  for (int i = 1; i < 5; ++i) CHECK(outcome.about[i].rule == rule("SR903"));
  CHECK(outcome.about[2].hint == "did you mean `ignore`?");
}

TEST_CASE("a baseline excuses as many as it counts and says what is stale") {
  Files files;
  Report report = stepreg::testing::sample_report(files);
  for (Diagnostic& finding : report.findings) finding.state = Diagnostic::State::active;
  const SourceFile& file = files.add("base.json", baseline_text(report.findings));
  const SeverityTable severities;
  Sink sink(severities);
  const Baseline baseline = parse_baseline(file, sink);
  CHECK(baseline.entries.size() == report.findings.size());
  report.findings.pop_back();
  apply_baseline(baseline, {}, report.findings, sink);
  for (const Diagnostic& finding : report.findings) {
    CHECK(finding.state == Diagnostic::State::baselined);
  }
  REQUIRE(sink.findings().size() == 1);
  CHECK(sink.findings()[0].rule == rule("SR913"));
  CHECK(sink.findings()[0].at.line > 3);
}

TEST_CASE("a baseline that cannot be read is a finding at its place") {
  const auto first_problem = [](const std::string& text) {
    const SourceFile file("b", text);
    const SeverityTable severities;
    Sink sink(severities);
    (void)parse_baseline(file, sink);
    if (sink.findings().empty()) return std::string("none");
    const Diagnostic& finding = sink.findings().front();
    return std::string(finding.rule.info().code) + " " + std::to_string(finding.at.line);
  };
  const std::string head =
      "{\"format\": \"stepreg.baseline\", \"version\": \"1.0\",\n \"findings\": [";
  CHECK(first_problem("") == "SR911 1");
  CHECK(first_problem("[]") == "SR911 1");
  CHECK(first_problem("5") == "SR911 1");
  CHECK(first_problem("{}") == "SR911 1");
  CHECK(first_problem("{\n\"format\": \"other\"}") == "SR911 2");
  CHECK(first_problem(head + "]}") == "none");
  CHECK(first_problem(head + "\n{\"rule\": \"SR213\",}]}") == "SR911 3");
  CHECK(first_problem(head + "\n{\"rule\": \"SR213\", \"component\": \"a\", \"count\": 0}]}") ==
        "SR911 3");
  CHECK(first_problem(head + "\n\n{\"rule\": \"SR21\", \"component\": \"a\", \"count\": 1}]}") ==
        "SR912 4");
  CHECK(first_problem(head + "\n{\"rule\": {}, \"component\": \"a\", \"count\": 1}]}") ==
        "SR911 3");
  CHECK(first_problem(head + "1]}") == "SR911 2");
  CHECK(first_problem(head + "]} x") == "SR911 2");
}
