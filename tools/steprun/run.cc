#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "base/fs.h"
#include "base/text.h"
#include "exec/plan_check.h"
#include "exec/run.h"
#include "exec/run_view.h"
#include "steprun/commands.h"
#include "steprun/dry_run.h"
#include "steprun/options.h"
#include "steprun/run_options.h"

namespace stepreg::steprun {

namespace {

std::string absolute(const std::string& path) {
  const std::string real = real_path(path);
  if (!real.empty()) return real;
  return path.starts_with('/') ? path : join_path(real_path("."), path);
}

Result<std::string> read_plan(const std::string& name) {
  if (name != "-") return read_file(name, plan::kMaxPlanBytes);
  std::string text;
  char block[65536];
  std::size_t got = 0;
  while ((got = std::fread(block, 1, sizeof block, stdin)) > 0) {
    text.append(block, got);
    if (text.size() > plan::kMaxPlanBytes) {
      return Error{Error::Code::too_large, "standard input: is too large for a plan"};
    }
  }
  return text;
}

// `test` steps that did not fail in the earlier run are not wanted.
bool leave_out_passed(const RunArguments& arguments, const plan::Plan& plan,
                      std::vector<std::string>& not_selected) {
  if (arguments.rerun_failed.empty()) return true;
  const auto earlier = find_run_or_complain(arguments.state, arguments.rerun_failed);
  if (!earlier) return false;
  const exec::ResultView result = exec::read_run_json(earlier->run_json());
  bool any = false;
  for (const plan::Step& step : plan.steps) {
    if (step.phase != plan::Phase::test) continue;
    bool failed = false;
    for (const exec::StepRecord& record : result.steps) {
      failed = failed || (record.name == step.name && record.status == exec::StepStatus::fail);
    }
    any = any || failed;
    if (!failed) not_selected.push_back(step.name);
  }
  if (!any) complain("--rerun-failed: no step of `test` failed in run " + earlier->id());
  return any;
}

bool check_terminal(const RunArguments& arguments) {
  const bool interactive = arguments.run.shell_on_failure || !arguments.run.break_before.empty();
  if (!interactive || (::isatty(0) == 1 && ::isatty(2) == 1)) return true;
  complain("--shell-on-failure and --break-before need a terminal");
  return false;
}

int list_problems(const std::string& name, const std::vector<plan::Problem>& problems) {
  for (const plan::Problem& problem : problems) {
    complain(name + ": " + problem.where + ": " + problem.text);
  }
  return kRefused;
}

int run_plan(RunArguments& arguments) {
  if (!parse_times(arguments) || !check_terminal(arguments)) return kRefused;
  const std::string name = arguments.plan == "-" ? "standard input" : arguments.plan;
  auto text = read_plan(arguments.plan);
  if (!text) return complain(text.error().text);
  plan::Parsed parsed = plan::from_json(*text);
  if (!parsed.problems.empty()) return list_problems(name, parsed.problems);

  exec::RunSettings& settings = arguments.run.settings;
  settings.state_root = absolute(arguments.state);
  settings.settings_root = absolute(arguments.root);
  settings.workdir = absolute(".");
  settings.prow = arguments.compat == "prow";
  settings.epoch_stamps = arguments.stamps == "epoch";
  for (std::string& directory : settings.stop_dirs) directory = absolute(directory);
  auto left_out = exec::deselected_steps(parsed.plan, arguments.run.selection);
  if (!left_out) return complain(left_out.error().text);
  settings.not_selected = std::move(*left_out);
  if (!leave_out_passed(arguments, parsed.plan, settings.not_selected)) return kRefused;

  exec::PreparedRun prepared =
      exec::prepare_run(std::move(parsed.plan), std::move(*text), arguments.run);
  if (!prepared.problems.empty()) return list_problems(name, prepared.problems);
  if (arguments.dry_run) {
    std::fputs(dry_run_text(prepared).c_str(), stdout);
    return kSuccess;
  }
  arguments.console.keep = arguments.run.keep;
  auto run = exec::begin_run(std::move(prepared));
  if (!run) return complain(run.error().text);
  const int code = exec::execute(*run, [&](const exec::RunDir& dir) {
    return std::make_unique<Console>(dir, arguments.console);
  });
  if (!exec::is_kept(arguments.run.keep, code)) {
    if (auto dropped = exec::discard_run(std::move(*run)); !dropped) complain(dropped.error().text);
  }
  return code;
}

}  // namespace

void add_run(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand(
      "run",
      "Run a plan\n\n"
      "Runs the steps of a plan one after the other: `pre`, `test`, `post`. Whatever happens,\n"
      "cleanup steps are attempted and leases released; kill this program and they still are.\n"
      "Make plans with `stepreg resolve`; the two make a pipe:\n"
      "  stepreg resolve TEST -o json --bundle | steprun run -\n\n"
      "Exit codes: 0 success; 1 a step failed; 2 refused, nothing was done; 3 something may\n"
      "have been left behind; 4 the machine failed; 5 stopped by a stop file; 77 skipped;\n"
      "124 job limit; 130 or 143 ended by a signal; 70 defect of this program");
  auto arguments = std::make_shared<RunArguments>();
  command->add_option("PLAN", arguments->plan, "The plan, or - for standard input")->required();
  add_state_option(*command, arguments->state);
  command
      ->add_option("--root", arguments->root,
                   "Directory of .stepreg.yaml: paths of profiles and credentials start there\n"
                   "(default the working directory)")
      ->type_name("DIR");
  command
      ->add_option("--registry", arguments->run.registry,
                   "Where scripts are read that the plan names but does not contain")
      ->type_name("DIR");
  add_selection(*command, *arguments);
  add_stopping(*command, *arguments);
  add_output(*command, *arguments);
  add_debugging(*command, *arguments);
  command->callback([arguments, &exit_code] { exit_code = run_plan(*arguments); });
}

}  // namespace stepreg::steprun
