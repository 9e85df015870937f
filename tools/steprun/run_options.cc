#include "steprun/run_options.h"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <map>

#include "base/duration.h"
#include "base/text.h"
#include "common/options.h"
#include "steprun/options.h"

namespace stepreg::steprun {

namespace {

// False after a complaint.
bool parse_seconds(const char* option, const std::string& text, double& out) {
  if (text.empty()) return true;
  const auto value = parse_duration(text);
  if (value && seconds_of(*value) >= 0) {
    out = seconds_of(*value);
    return true;
  }
  complain(std::string(option) + " " + in_quotes(text) +
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
  complain("--chaos " + in_quotes(text) + ": expected worker@N, guardian@N or both@N");
  return false;
}

}  // namespace

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

}  // namespace stepreg::steprun
