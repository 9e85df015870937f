// A small run with one of everything, for tests of what happens to findings.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "diag/report.h"

namespace stepreg::testing {

// Files of a test by path; they outlive every place in them.
class Files {
 public:
  const SourceFile& add(const std::string& path, const std::string& text) {
    return *(files_[path] = std::make_unique<SourceFile>(path, text));
  }
  SourceLookup lookup() const {
    return [this](const std::string& path) -> const SourceFile* {
      const auto found = files_.find(path);
      return found == files_.end() ? nullptr : found->second.get();
    };
  }

 private:
  std::map<std::string, std::unique_ptr<SourceFile>> files_;
};

inline Place place_of(const SourceFile& file, std::string_view token) {
  return {&file, static_cast<std::uint32_t>(file.text().find(token))};
}

// An error with two labels and a guess, a warning with a safe fix, an ignored one, a baselined one,
// and one about a file as a whole.
inline Report sample_report(Files& files) {
  const SourceFile& workflow = files.add("registry/w/w-workflow.yaml",
                                         "workflow:\n  as: w\n  steps:\n    env:\n      \xC3\x84: "
                                         "x\n      FOOO: \"1\"\n    test:\n    - ref: a\n");
  const SourceFile& ref = files.add("registry/a/a-ref.yaml",
                                    "ref:\n  as: a\n  env:\n  - name: FOO\n    default: 4.10\n");
  Report report;
  report.files_checked = 3;
  report.remarks = {"cluster profiles are not checked: there is no list of them"};
  report.sources = files.lookup();
  const auto add = [&](RuleId id, Place at, std::string message, Severity severity) -> Diagnostic& {
    Diagnostic& finding = report.findings.emplace_back(id);
    finding.at = Location::of(at);
    finding.message = std::move(message);
    finding.severity = severity;
    return finding;
  };
  Diagnostic& changed =
      add(rule("SR213"), place_of(ref, "4.10"), "`4.10` becomes `4.1`", Severity::warning);
  changed.component = "ref/a";
  changed.subject = "FOO";
  changed.fix = Fix::safe;
  changed.edits.push_back({ref.path(), place_of(ref, "4.10").offset, 4, "\"4.10\"", false});
  Diagnostic& undeclared = add(rule("SR401"), place_of(workflow, "FOOO"),
                               "no step of the workflow declares `FOOO`", Severity::error);
  undeclared.component = "workflow/w";
  undeclared.subject = "FOOO";
  undeclared.way = {"workflow/w", "ref/a"};
  undeclared.hint = "did you mean `FOO`?";
  undeclared.notes.push_back(
      {Location::of(place_of(workflow, "ref: a")), "this step would have read it"});
  undeclared.notes.push_back({Location::of(place_of(ref, "FOO")), "declared here"});
  undeclared.fix = Fix::unsafe;
  undeclared.edits.push_back({workflow.path(), place_of(workflow, "FOOO").offset, 4, "FOO", false});
  Diagnostic& ignored =
      add(rule("SR112"), place_of(workflow, "w\n"), "`w` & <others>", Severity::warning);
  ignored.state = Diagnostic::State::ignored;
  ignored.state_reason = "old name";
  Diagnostic& known = add(rule("SR209"), place_of(workflow, "\"1\""), "zero", Severity::warning);
  known.state = Diagnostic::State::baselined;
  Diagnostic& whole = report.findings.emplace_back(rule("SR801"));
  whole.at = Location::of_file("registry/a");
  whole.message = "no OWNERS";
  whole.severity = Severity::info;
  sort_findings(report.findings);
  return report;
}

}  // namespace stepreg::testing
