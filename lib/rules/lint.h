// The linter: every rule over a whole project.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "diag/report.h"
#include "diag/sink.h"
#include "load/project.h"
#include "rules/script_rules.h"

namespace stepreg::rules {

struct Linted {
  std::vector<Diagnostic> findings;  // in printed order
  StillPacked packed;                // as in Report
  std::size_t files_checked = 0;
  bool empty = true;  // no component, no script, no configuration: nothing that could be wrong
  std::size_t tests_resolved = 0;
  // What could not be checked and why, said once each.
  std::vector<std::string> remarks;
  std::string failure;  // why it cannot be done as asked; "" when it can
  RuleSet undecided;    // rules that need something that is not there
  // Configurations whose text has comments for stepreg; the others are not kept.
  std::vector<std::unique_ptr<SourceFile>> commented_configs;
};

// Checks everything that `project` has. The project must be open; findings of opening it are in
// `sink`. `scripts.jobs` is that of the project.
Linted lint(const load::Project& project, ScriptOptions scripts, Sink& sink);

}  // namespace stepreg::rules
