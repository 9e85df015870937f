// stepreg lint: check the registry and its configurations.
#include <CLI/CLI.hpp>
#include <map>
#include <memory>

#include "base/text.h"
#include "common/options.h"
#include "render/findings.h"
#include "stepreg/commands.h"
#include "stepreg/lint_run.h"
#include "stepreg/project_options.h"

namespace stepreg::tools {

namespace {

const std::map<std::string, Profile> kProfiles = {{"ci-operator", Profile::ci_operator},
                                                  {"recommended", Profile::recommended},
                                                  {"strict", Profile::strict}};
const std::map<std::string, Severity> kThresholds = {
    {"error", Severity::error}, {"warning", Severity::warning}, {"info", Severity::info}};

const std::map<std::string, rules::ShellcheckUse> kShellcheckUses = {
    {"auto", rules::ShellcheckUse::automatic},
    {"always", rules::ShellcheckUse::always},
    {"never", rules::ShellcheckUse::never}};

constexpr const char* kFooter =
    "Examples:\n"
    "  stepreg lint                                  the project of the nearest .stepreg.yaml\n"
    "  stepreg lint --report sarif=out.sarif         readable here, SARIF for another tool\n"
    "  stepreg lint --fix --diff                     show what --fix would change\n"
    "  stepreg lint --add-ignores 'before 2027'      a comment beside every finding\n"
    "  stepreg lint --write-baseline baseline.json   accept what is there, then\n"
    "  stepreg lint --baseline baseline.json         fail only for what is new\n"
    "  stepreg lint --changed-since origin/main      report only what this branch adds\n"
    "Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage or unreadable input,\n"
    "3 nothing was there to check.";

std::vector<std::string_view> output_formats() {
  std::vector<std::string_view> formats{"auto"};
  for (const std::string_view name : findings_format_names()) formats.push_back(name);
  return formats;
}

std::string check_report(const std::string& request) {
  const std::size_t equals = request.find('=');
  if (equals == std::string::npos || equals + 1 == request.size()) {
    return "expected FORMAT=FILE instead of `" + request + "`";
  }
  std::string format = request.substr(0, equals);
  return one_of(findings_format_names())(format);
}

void add_output_options(CLI::App& command, LintOptions& options) {
  add_output_option(command, options.output, output_formats());
  command
      .add_option("--report", options.reports,
                  "Write the findings in another format to a file; may be repeated")
      ->type_name("FORMAT=FILE")
      ->expected(1)
      ->take_all()
      ->check(CLI::Validator(check_report, ""));
  add_colour_option(command, options.colour);
  command
      .add_option("--fail-on", options.fail_on,
                  "error (default), warning or info: what makes exit code 1")
      ->transform(choice_of(kThresholds))
      ->type_name("SEVERITY");
  command.add_flag("--exit-zero", options.exit_zero, "Exit code 0 whatever is found");
}

std::string check_path(const std::string& path) {
  if (path == "-") return {};
  return in_quotes(path) +
         ": the whole project is checked, whatever file changed; name its trees in .stepreg.yaml, "
         "or "
         "with --registry DIR and --configs DIR";
}

void add_selection_options(CLI::App& command, LintOptions& options) {
  command.add_option("--profile", options.profile, "ci-operator, recommended (default) or strict")
      ->transform(choice_of(kProfiles))
      ->type_name("NAME");
  command.add_flag("--no-ignores", options.no_ignores,
                   "Report also what `# stepreg: ignore[...]` hides");
  command.add_option("--baseline", options.baseline, "Excuse the findings that this file lists")
      ->type_name("FILE");
  command
      .add_option("--write-baseline", options.write_baseline,
                  "Write all present findings as a baseline, and report none")
      ->type_name("FILE");
  command
      .add_option("--changed-since", options.changed_since,
                  "Report only what is new since a revision of git; the whole tree is judged")
      ->type_name("REV");
  command.add_option("PATH", options.paths, "`-`: one file of the project, from standard input")
      ->check(CLI::Validator(check_path, ""));
  command
      .add_option("--stdin-filename", options.stdin_filename,
                  "Which file of the project the text on standard input is")
      ->type_name("PATH");
}

void add_script_options(CLI::App& command, LintOptions& options) {
  command
      .add_option("--shellcheck", options.shellcheck,
                  "auto (default): read scripts with shellcheck where it is installed; always: it "
                  "must be; never")
      ->transform(choice_of(kShellcheckUses))
      ->type_name("WHEN");
}

void add_fix_options(CLI::App& command, LintOptions& options) {
  command.add_flag("--fix", options.fix, "Mend what can be mended without changing the meaning");
  command.add_flag("--unsafe-fixes", options.unsafe_fixes,
                   "Mend also by a guess, where only one is near (implies --fix)");
  command
      .add_option("--add-ignores", options.add_ignores,
                  "Write `# stepreg: ignore[RULE] REASON` where the present findings are")
      ->type_name("REASON")
      ->check([](const std::string& reason) {
        return trimmed(reason).empty() ? std::string("a reason is needed") : std::string();
      });
  command.add_flag("--diff", options.diff, "Show what --fix would change, and change nothing");
}

void check_combination(LintOptions& options) {
  if (options.unsafe_fixes && !options.diff) options.fix = true;
  if (options.diff) options.fix = false;
  const bool from_stdin = !options.paths.empty();
  if (from_stdin && options.stdin_filename.empty()) {
    throw CLI::ValidationError("`lint -` needs --stdin-filename PATH: which file it is");
  }
  if (!from_stdin && !options.stdin_filename.empty()) {
    throw CLI::ValidationError("--stdin-filename needs `-`: the text comes from standard input");
  }
  if (from_stdin && (options.fix || options.diff || !options.write_baseline.empty())) {
    throw CLI::ValidationError("text from standard input cannot be fixed or become a baseline");
  }
  if (!options.add_ignores.empty() &&
      (from_stdin || options.fix || options.diff || !options.write_baseline.empty())) {
    throw CLI::ValidationError("--add-ignores stands alone: it writes comments and nothing else");
  }
  if (!options.write_baseline.empty() && (options.fix || options.diff)) {
    throw CLI::ValidationError("--write-baseline cannot be combined with fixes");
  }
}

}  // namespace

void add_lint(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<LintOptions>();
  CLI::App* command = app.add_subcommand("lint", "Check the registry and its configurations");
  command->footer(kFooter);
  add_output_options(*command, *options);
  add_selection_options(*command, *options);
  add_script_options(*command, *options);
  add_fix_options(*command, *options);
  add_project_options(*command, options->project);
  command->callback([options, &exit_code] {
    check_combination(*options);
    exit_code = run_lint(*options);
  });
}

}  // namespace stepreg::tools
