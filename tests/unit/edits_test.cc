#include "refactor/edits.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "diag/edit.h"
#include "refactor/unified_diff.h"
#include "temp_dir.h"

// Last: it takes the name CHECK over from base/check.h.
#include <doctest/doctest.h>

using namespace stepreg;
using test::get;
using test::put;
using test::TempDir;

namespace {

Diagnostic with_edit(const std::string& path, std::uint32_t offset, std::uint32_t length,
                     std::string text, Fix fix = Fix::safe) {
  Diagnostic finding(rule("SR213"));
  finding.fix = fix;
  finding.edits.push_back({path, offset, length, std::move(text), false});
  return finding;
}

}  // namespace

TEST_CASE("edits apply in the text, first of overlapping wins") {
  const TempDir dir;
  const std::string path = dir / "a";
  put(path, "one two three\n");
  const std::vector<Diagnostic> findings{
      with_edit(path, 4, 3, "2"), with_edit(path, 6, 3, "x"), with_edit(path, 0, 3, "1"),
      with_edit(path, 8, 5, "3", Fix::unsafe), with_edit(path, 4, 3, "2")};
  const FixPlan plan = plan_fixes(findings, Fix::safe);
  CHECK(plan.fixed == std::vector<std::size_t>{0, 2, 4});
  CHECK(plan.overlapping == 1);
  REQUIRE(plan.changes.size() == 1);
  CHECK(plan.changes[0].after == "1 2 three\n");
  REQUIRE(apply_changes(plan.changes));
  CHECK(get(path) == "1 2 three\n");
}

TEST_CASE("a finding's edits are taken together or not at all") {
  const TempDir dir;
  put(dir / "a", "a\n");
  put(dir / "b", "b\n");
  Diagnostic first = with_edit(dir / "a", 0, 1, "A");
  Diagnostic second = with_edit(dir / "b", 0, 1, "B");
  second.edits.push_back({dir / "a", 0, 1, "C", false});
  const FixPlan plan = plan_fixes({first, second}, Fix::safe);
  REQUIRE(plan.changes.size() == 1);
  CHECK(plan.changes[0].path == dir / "a");
}

TEST_CASE("byte order mark, CR LF, new files, and files that are not text") {
  const TempDir dir;
  put(dir / "bom", "\xEF\xBB\xBFkey: 1\r\n");
  put(dir / "packed", "\x1f\x8b...");
  Diagnostic created(rule("SR801"));
  created.fix = Fix::safe;
  created.edits.push_back({dir / "new", 0, 0, "{}\n", true});
  const FixPlan plan = plan_fixes(
      {with_edit(dir / "bom", 5, 1, "2\nmore: 3"), with_edit(dir / "packed", 0, 1, "x"), created},
      Fix::safe);
  REQUIRE(plan.refused.size() == 1);
  REQUIRE(apply_changes(plan.changes));
  CHECK(get(dir / "bom") == "\xEF\xBB\xBFkey: 2\r\nmore: 3\r\n");
  CHECK(get(dir / "new") == "{}\n");
  CHECK(get(dir / "packed") == "\x1f\x8b...");
}

TEST_CASE("all or nothing") {
  const TempDir dir;
  put(dir / "a", "a\n");
  const std::vector<FileChange> impossible{{dir / "a", "a\n", "A\n"},
                                           {dir / "no/such/folder/b", std::nullopt, "B\n"}};
  CHECK_FALSE(apply_changes(impossible));
  CHECK(get(dir / "a") == "a\n");
  const std::vector<FileChange> outdated{{dir / "a", "other\n", "A\n"}};
  CHECK_FALSE(apply_changes(outdated));
  CHECK(get(dir / "a") == "a\n");
}

TEST_CASE("a link stays a link") {
  const TempDir dir;
  put(dir / "real", "a\n");
  REQUIRE(::symlink("real", (dir / "link").c_str()) == 0);
  REQUIRE(apply_changes({{dir / "link", "a\n", "b\n"}}));
  struct stat info {};
  REQUIRE(::lstat((dir / "link").c_str(), &info) == 0);
  CHECK(S_ISLNK(info.st_mode));
  CHECK(get(dir / "real") == "b\n");
}

TEST_CASE("unified diff") {
  CHECK(unified_diff("a", "a", "x\n", "x\n").empty());
  CHECK(
      unified_diff("a", "b", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\nten") ==
      "--- a\n+++ b\n@@ -2,8 +2,9 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n 9\n+ten\n"
      "\\ No newline at end of file\n");
  CHECK(unified_diff("/dev/null", "b", "", "1\n") == "--- /dev/null\n+++ b\n@@ -0,0 +1 @@\n+1\n");
  CHECK(unified_diff("a", "b", "1\n2\n", "2\n") == "--- a\n+++ b\n@@ -1,2 +1 @@\n-1\n 2\n");
}

TEST_CASE("a large rewrite is shown as replaced") {
  std::string old_text;
  std::string new_text;
  for (int i = 0; i < 3000; ++i) {
    old_text += "a" + std::to_string(i) + "\n";
    new_text += "b" + std::to_string(i) + "\n";
  }
  const std::string diff = unified_diff("a", "b", old_text, new_text);
  CHECK(diff.find("@@ -1,3000 +1,3000 @@") != std::string::npos);
}

TEST_CASE("a line is added behind a value that has its own") {
  const auto added = [](const std::string& text, const char* value) {
    const SourceFile file("f", text);
    const auto at = static_cast<std::uint32_t>(text.find(value));
    const auto edit = insert_line_after({&file, at}, "k", "v");
    if (!edit) return std::string("nothing");
    return text.substr(0, edit->offset) + edit->replacement + text.substr(edit->offset);
  };
  CHECK(added("a: x  # why\nb: y\n", "x") == "a: x  # why\nk: v\nb: y\n");
  CHECK(added("- a: x", "x") == "- a: x\n  k: v");
  CHECK(added("r:\n  a: \"x\"\n\n  b: y\n", "\"x") == "r:\n  a: \"x\"\n  k: v\n\n  b: y\n");
  CHECK(added("a: {b: x}\n", "x") == "nothing");
  CHECK(added("a: |\n  x\n", "|") == "nothing");
  CHECK(added("a: x\n  goes on\n", "x") == "nothing");
}

TEST_CASE("a guess is safe when nothing else is near and the name is refused") {
  const SourceFile file("f", "timout");
  const auto fix_of = [&](const char* code, std::vector<std::string_view> candidates) {
    RuleId id{0};
    REQUIRE(find_rule(code, id));
    Diagnostic finding(id);
    suggest(finding, {&file, 0}, "timout", candidates);
    return finding.fix;
  };
  CHECK(fix_of("SR201", {"timeout", "as"}) == Fix::safe);
  CHECK(fix_of("SR201", {"timeout", "timouts"}) == Fix::unsafe);
  CHECK(fix_of("SR202", {"timeout", "as"}) == Fix::unsafe);
  CHECK(fix_of("SR201", {"grace_period"}) == Fix::none);
}
