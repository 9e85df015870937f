// stepreg lint: check the registry and its configurations.
#include "rules/lint.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <map>
#include <memory>

#include "stepreg/commands.h"
#include "stepreg/project_options.h"

namespace stepreg::tools {

namespace {

const std::map<std::string, Profile> kProfiles = {{"ci-operator", Profile::ci_operator},
                                                  {"recommended", Profile::recommended},
                                                  {"strict", Profile::strict}};
const std::map<std::string, Severity> kThresholds = {
    {"error", Severity::error}, {"warning", Severity::warning}, {"info", Severity::info}};

struct Options {
  load::ProjectOptions project;
  Profile profile = Profile::recommended;
  Severity fail_on = Severity::error;
};

int run(const Options& options) {
  const SeverityTable severities(options.profile);
  Sink sink(severities);
  load::Project project;
  if (!open_or_complain(options.project, project, sink)) return kUsage;
  const rules::Linted linted = rules::lint(project, sink);
  bool failed = false;
  for (const Diagnostic& finding : linted.findings) {
    std::printf("%s:%u:%u: %s: %s [%s %s]\n", finding.at.path.c_str(), finding.at.line,
                finding.at.column, std::string(severity_name(finding.severity)).c_str(),
                finding.message.c_str(), std::string(finding.rule.info().code).c_str(),
                std::string(finding.rule.info().name).c_str());
    failed |= finding.severity >= options.fail_on;
  }
  for (const std::string& remark : linted.remarks)
    std::fprintf(stderr, "note: %s\n", remark.c_str());
  if (linted.files_checked == 0) {
    std::fprintf(stderr, "stepreg: nothing to check\n");
    return kNothingToDo;
  }
  return failed ? kFindings : kClean;
}

}  // namespace

void add_lint(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("lint", "Check the registry and its configurations");
  command->add_option("--profile", options->profile, "ci-operator, recommended (default) or strict")
      ->transform(CLI::CheckedTransformer(kProfiles, CLI::ignore_case))
      ->type_name("NAME");
  command
      ->add_option("--fail-on", options->fail_on,
                   "error (default), warning or info: what makes exit code 1")
      ->transform(CLI::CheckedTransformer(kThresholds, CLI::ignore_case))
      ->type_name("SEVERITY");
  add_project_options(*command, options->project);
  command->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace stepreg::tools
