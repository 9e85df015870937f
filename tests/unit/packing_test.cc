#include "base/packing.h"

#include <doctest/doctest.h>

#include "diag/pack.h"

using namespace stepreg;

namespace {

Diagnostic full_finding() {
  Diagnostic finding(rule("SR401"));
  finding.severity = Severity::warning;
  finding.at = {"a.yaml", 3, 5, 3, 9, "  a: b"};
  finding.message = "the message";
  finding.hint = "the hint";
  finding.notes = {{{"b.yaml", 1, 1, 1, 2, "x"}, "declared here"},
                   {Location::of_file("a.yaml"), "the hint"}};
  finding.component = "ref/a";
  finding.subject = "A";
  finding.way = {"workflow/a", "chain/b"};
  finding.edits = {{"a.yaml", 7, 2, "new", false}, {"m.json", 0, 0, "{}\n", true}};
  finding.fix = Fix::unsafe;
  return finding;
}

std::string packed(const std::vector<Diagnostic>& findings) {
  PackWriter out;
  pack_findings(findings, out);
  return out.bytes();
}

}  // namespace

TEST_CASE("what was packed is read in the same order") {
  PackWriter out;
  for (const char* text : {"", "one", "two", "one", "", "three", "two"}) out.text(text);
  out.number(1ULL << 40);
  PackReader in(out.bytes());
  for (const char* text : {"", "one", "two", "one", "", "three", "two"}) CHECK(in.text() == text);
  CHECK(in.number() == 1ULL << 40);
  CHECK(in.at_end());
  CHECK(in.ok());
  in.number();
  CHECK(!in.ok());
}

TEST_CASE("a count or a text that cannot be there is none") {
  PackWriter out;
  out.number(200);
  CHECK(PackReader(out.bytes()).text().empty());
  PackReader in(out.bytes());
  CHECK(in.count() == 0);
  CHECK(!in.ok());
}

TEST_CASE("findings are the same after packing") {
  const std::string bytes = packed({full_finding(), Diagnostic(rule("SR001")), full_finding()});
  PackReader in(bytes);
  const auto findings = unpack_findings(in);
  CHECK(in.ok());
  CHECK(in.at_end());
  REQUIRE(findings.size() == 3);
  CHECK(packed(findings) == bytes);
  const Diagnostic& one = findings[2];
  const Diagnostic expected = full_finding();
  CHECK(one.rule == expected.rule);
  CHECK(one.severity == expected.severity);
  CHECK(one.at.end_column == 9);
  CHECK(one.at.excerpt == expected.at.excerpt);
  CHECK(one.notes[0].text == "declared here");
  CHECK(one.notes[1].at.path == "a.yaml");
  CHECK(one.way == expected.way);
  CHECK(one.edits[1].whole_file);
  CHECK(one.edits[1].replacement == "{}\n");
  CHECK(one.fix == Fix::unsafe);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    PackReader cut(std::string_view(bytes).substr(0, size));
    unpack_findings(cut);
    CHECK(!cut.ok());
  }
}
