#include <unistd.h>

#include <CLI/CLI.hpp>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>

#include "base/duration.h"
#include "base/fs.h"
#include "base/text.h"
#include "common/options.h"
#include "exec/plan_check.h"
#include "exec/run.h"
#include "exec/run_view.h"
#include "steprun/commands.h"
#include "steprun/console.h"
#include "steprun/dry_run.h"
#include "steprun/options.h"

namespace stepreg::steprun {

namespace {

struct RunArguments {
  std::string plan;
  std::string state;
  std::string root = ".";
  exec::RunOptions run;
  ConsoleOptions console;
  std::string stop_hold;
  std::string stale_age;
  std::string drain;
  std::string unkillable;
  std::string heartbeat;
  std::vector<std::string> release_retry;
  std::string compat;
  std::string stamps;
  std::string chaos;
  std::string rerun_failed;
  bool dry_run = false;
};

std::string absolute(const std::string& path) {
  char resolved[PATH_MAX];
  if (::realpath(path.c_str(), resolved) != nullptr) return resolved;
  if (path.starts_with('/')) return path;
  char cwd[PATH_MAX];
  return ::getcwd(cwd, sizeof cwd) != nullptr ? join_path(cwd, path) : path;
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

// False after a complaint.
bool parse_seconds(const char* option, const std::string& text, double& out) {
  if (text.empty()) return true;
  const auto value = parse_duration(text);
  if (value && seconds_of(*value) >= 0) {
    out = seconds_of(*value);
    return true;
  }
  complain(std::string(option) + " " + stepreg::quoted(text) +
           ": expected a duration such as 30s or 1h30m");
  return false;
}

bool parse_chaos(const std::string& text, exec::Chaos& out) {
  if (text.empty()) return true;
  const auto parts = split(text, '@');
  if (parts.size() == 2) {
    out.at_record = static_cast<unsigned>(std::strtoul(std::string(parts[1]).c_str(), nullptr, 10));
    out.kill_worker = parts[0] == "worker" || parts[0] == "both";
    out.kill_guardian = parts[0] == "guardian" || parts[0] == "both";
  }
  if (out.at_record > 0 && (out.kill_worker || out.kill_guardian)) return true;
  complain("--chaos " + stepreg::quoted(text) + ": expected worker@N, guardian@N or both@N");
  return false;
}

bool parse_times(RunArguments& arguments) {
  exec::RunOptions& run = arguments.run;
  double stale = -1;
  if (!parse_seconds("--stop-hold", arguments.stop_hold, run.stop_hold_s) ||
      !parse_seconds("--drain", arguments.drain, run.settings.drain_s) ||
      !parse_seconds("--unkillable", arguments.unkillable, run.settings.unkillable_s) ||
      !parse_seconds("--lease-heartbeat", arguments.heartbeat, run.settings.heartbeat_s) ||
      !parse_seconds("--stale-stop-age", arguments.stale_age, stale)) {
    return false;
  }
  if (stale >= 0) {
    run.ignore_stale_stop = true;
    run.stale_age = std::chrono::seconds(static_cast<long>(stale));
  }
  if (!arguments.release_retry.empty()) run.settings.release_retry_s.clear();
  for (const std::string& text : arguments.release_retry) {
    if (!parse_seconds("--release-retry", text, run.settings.release_retry_s.emplace_back(0)))
      return false;
  }
  return parse_chaos(arguments.chaos, run.chaos);
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

void add_selection(CLI::App& command, RunArguments& arguments) {
  exec::Selection& selection = arguments.run.selection;
  command.add_option("--only", selection.only, "Run only these steps (patterns with * and ?)")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("STEP")
      ->group("Selection (cleanup still runs)");
  command.add_option("--skip", selection.skip, "Leave these steps out, also when they clean up")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("STEP")
      ->group("Selection (cleanup still runs)");
  command.add_option("--from", selection.from, "First step of `pre` and `test` that runs")
      ->type_name("STEP")
      ->group("Selection (cleanup still runs)");
  command.add_option("--until", selection.until, "Last step of `pre` and `test` that runs")
      ->type_name("STEP")
      ->group("Selection (cleanup still runs)");
  command
      .add_option("--rerun-failed", arguments.rerun_failed,
                  "Of `test`, only the steps that failed in an earlier run")
      ->type_name("RUN")
      ->group("Selection (cleanup still runs)");
}

void add_stopping(CLI::App& command, RunArguments& arguments) {
  const char* group = "Stopping";
  command
      .add_option("--stop-dir", arguments.run.settings.stop_dirs,
                  "A further directory that is searched for .stop and .stop_gracefully")
      ->allow_extra_args(false)
      ->type_name("DIR")
      ->group(group);
  command
      .add_option("--stop-hold", arguments.stop_hold,
                  "Wait so long at the first stop file, and go on if it vanishes")
      ->type_name("DURATION")
      ->group(group);
  command
      .add_flag("--ignore-stale-stop", arguments.run.ignore_stale_stop,
                "Ignore stop files from before the machine was started")
      ->group(group);
  command.add_option("--stale-stop-age", arguments.stale_age, "Ignore stop files older than this")
      ->type_name("DURATION")
      ->group(group);
  command
      .add_option("--on-event", arguments.run.settings.on_event,
                  "Shell command for mails or web hooks: run with STEPRUN_EVENT=stop and =end")
      ->type_name("COMMAND")
      ->group(group);
}

void add_output(CLI::App& command, RunArguments& arguments) {
  static const std::map<std::string, exec::Keep> kKeep = {{"always", exec::Keep::always},
                                                          {"failure", exec::Keep::failure},
                                                          {"never", exec::Keep::never}};
  static constexpr std::string_view kStamps[] = {"iso", "epoch"};
  const char* group = "Output";
  command.add_flag("-n,--dry-run", arguments.dry_run, "Only say what would run")->group(group);
  command.add_flag("-q,--quiet", arguments.console.quiet, "Only the summary")->group(group);
  command
      .add_option("--events", arguments.console.events,
                  "One JSON object per line for everything that happens; - is standard output")
      ->type_name("FILE")
      ->group(group);
  command
      .add_option("--keep", arguments.run.keep, "When to keep the run directory (default always)")
      ->transform(tools::choice_of(kKeep))
      ->type_name("always|failure|never")
      ->group(group);
  command
      .add_option("--append-lists", arguments.run.settings.append_lists,
                  "Also add to the lists of passed, failed and skipped steps in this directory")
      ->type_name("DIR")
      ->group(group);
  command.add_option("--status-time", arguments.stamps, "Stamps of status files (default iso)")
      ->check(tools::one_of(kStamps))
      ->type_name("iso|epoch")
      ->group(group);
}

void add_debugging(CLI::App& command, RunArguments& arguments) {
  static constexpr std::string_view kCompat[] = {"prow"};
  const char* group = "Debugging";
  command
      .add_flag("--shell-on-failure", arguments.run.shell_on_failure,
                "Open a shell in the environment of a step that failed; limits stand still")
      ->group(group);
  command
      .add_option("--break-before", arguments.run.break_before,
                  "Open a shell in the environment of this step before it starts")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("STEP")
      ->group(group);
  command
      .add_option("--compat", arguments.compat,
                  "prow: end steps with INT to the leader, as Prow does")
      ->check(tools::one_of(kCompat))
      ->type_name("prow")
      ->group(group);
  command
      .add_option("--drain", arguments.drain,
                  "Read output so long after a script ended while something holds it (default 5s)")
      ->type_name("DURATION")
      ->group(group);
  command
      .add_option("--unkillable", arguments.unkillable,
                  "Give a process up that is still there so long after KILL (default 10s)")
      ->type_name("DURATION")
      ->group(group);
  command
      .add_option("--lease-heartbeat", arguments.heartbeat,
                  "How often held leases are confirmed (default 30s)")
      ->type_name("DURATION")
      ->group(group);
  command
      .add_option("--release-retry", arguments.release_retry,
                  "Pauses before a failed release is tried again (default 1s 5s 25s)")
      ->type_name("DURATION")
      ->group(group);
  command
      .add_option("--chaos", arguments.chaos,
                  "Test the cleanup: kill worker, guardian or both at the n-th journal record")
      ->type_name("WHO@N")
      ->group(group);
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
