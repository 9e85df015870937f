// What `stepreg lint` does, from its options to its exit code.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/terminal.h"
#include "diag/report.h"
#include "load/project.h"
#include "load/source_pool.h"
#include "rules/script_rules.h"
#include "rules/severity_settings.h"

namespace stepreg::tools {

struct LintOptions {
  load::ProjectOptions project;
  std::optional<Profile> profile;
  Severity fail_on = Severity::error;
  bool exit_zero = false;
  std::string output = "auto";
  std::vector<std::string> reports;  // FORMAT=FILE
  ColourChoice colour = ColourChoice::automatic;
  bool fix = false;
  bool unsafe_fixes = false;
  bool diff = false;
  bool no_ignores = false;
  std::string baseline;  // "": what the settings say
  std::string write_baseline;
  std::string changed_since;       // a revision of git
  std::vector<std::string> paths;  // only "-": the text of one file comes from standard input
  std::string stdin_filename;
  std::optional<std::string> stdin_text;           // of that file; read by run_lint
  std::string add_ignores;                         // the reason to write; "": none is written
  std::optional<rules::ShellcheckUse> shellcheck;  // none: what the settings say
};

// A project with the verdict on it.
struct Judged {
  rules::ShellcheckUse shellcheck = rules::ShellcheckUse::automatic;  // settings and options
  load::Project project;
  std::unique_ptr<load::SourcePool> sources;
  std::optional<rules::SeveritySettings> severities;
  Report report;
  bool empty = true;  // there is nothing in it that could be wrong
};

// Loads and checks the whole project, with suppressions but without a baseline. Findings of earlier
// runs may still be packed. Nullopt, with a message on stderr, when there is nothing that could be
// opened.
std::optional<Judged> judge(const LintOptions& options);

// The same for a project that is opened; `severities` are set, and `sink` has the findings so far.
// The report has no sources yet, and is not sorted.
Result<void> judge_opened(Judged& judged, const LintOptions& options, Sink& sink);

// Reads standard input when the options say so.
int run_lint(LintOptions options);

}  // namespace stepreg::tools
