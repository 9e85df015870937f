#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "base/text.h"
#include "exec/run.h"
#include "steprun/commands.h"
#include "steprun/console.h"
#include "steprun/options.h"

namespace stepreg::steprun {

namespace {

struct ResumeArguments {
  std::string run;
  std::string state;
  bool cleanup_only = false;
  exec::ResumeOptions options;
  ConsoleOptions console;
};

int resume(const ResumeArguments& arguments) {
  if (!arguments.cleanup_only) {
    return complain(
        "steps of `pre` and `test` are not repeated: give --cleanup-only, or start a new run, "
        "perhaps with --rerun-failed");
  }
  const auto dir = find_run_or_complain(arguments.state, arguments.run);
  if (!dir) return kRefused;
  const auto resumed = exec::resume_cleanup(*dir, arguments.options, [&](const exec::RunDir& run) {
    return std::make_unique<Console>(run, arguments.console);
  });
  if (!resumed) return complain(resumed.error().text);
  if (resumed->was_complete) {
    std::fprintf(stderr, "run %s is complete; there is nothing to clean up\n", dir->id().c_str());
  }
  return resumed->exit_code;
}

struct SweepArguments {
  std::string state;
  bool yes = false;
  bool dry_run = false;
  exec::ResumeOptions options;
};

void print_died(const exec::DiedRun& died) {
  std::string text = died.dir.id() + "  " + (died.job.empty() ? "?" : died.job);
  if (!died.problem.empty()) text += "  " + died.problem;
  text += died.debt ? "  cleanup is owed" : "  nothing was allocated";
  if (!died.leases.empty()) text += "; leases " + join(died.leases, " ");
  std::printf("%s\n", text.c_str());
}

int sweep(const SweepArguments& arguments) {
  const auto died = exec::find_died_runs(exec::StateRoot(arguments.state));
  if (!died) return complain(died.error().text);
  if (died->empty()) {
    std::fputs("no run of this machine died\n", stderr);
    return kSuccess;
  }
  for (const exec::DiedRun& each : *died) print_died(each);
  if (arguments.dry_run) return kSuccess;
  if (!arguments.yes) {
    return complain(counted(died->size(), "run") + " to clean up: give --yes to do it", kLeaked);
  }
  int worst = kSuccess;
  for (const exec::DiedRun& each : *died) {
    std::fflush(stdout);
    const auto resumed = exec::resume_cleanup(
        each.dir, arguments.options,
        [](const exec::RunDir& run) { return std::make_unique<Console>(run, ConsoleOptions{}); });
    if (!resumed) complain(resumed.error().text);
    // What counts here is the cleanup, not that the run died.
    if (!resumed || resumed->exit_code == kLeaked) worst = kLeaked;
  }
  return worst;
}

}  // namespace

void add_resume(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand(
      "resume",
      "Clean up after a run that died\n\n"
      "Ends what is left of the run's processes, takes its leases over, runs the cleanup steps\n"
      "that have not passed yet, and releases everything. Repeating it does no harm.");
  auto arguments = std::make_shared<ResumeArguments>();
  command->add_option("RUN", arguments->run, "Id of the run, a beginning of it, or its directory")
      ->required();
  add_state_option(*command, arguments->state);
  command->add_flag("--cleanup-only", arguments->cleanup_only,
                    "Run cleanup steps only; nothing else can be resumed");
  command->add_flag("--collect", arguments->options.collect, "Run collection steps as well");
  command
      ->add_option("--registry", arguments->options.registry,
                   "Where scripts are read that the run directory has lost")
      ->type_name("DIR");
  command->add_option("--events", arguments->console.events, "As with `steprun run`")
      ->type_name("FILE");
  command->callback([arguments, &exit_code] { exit_code = resume(*arguments); });
}

void add_sweep(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand(
      "sweep",
      "Clean up after all runs of this machine that died\n\n"
      "Lists them; with --yes resumes the cleanup of each. Meant to be run at boot.\n"
      "Exit codes: 0 all is clean; 3 something may be left behind, or --yes is missing");
  auto arguments = std::make_shared<SweepArguments>();
  add_state_option(*command, arguments->state);
  command->add_flag("-y,--yes", arguments->yes, "Do it");
  command->add_flag("-n,--dry-run", arguments->dry_run, "Only list them");
  command->add_flag("--collect", arguments->options.collect, "Run collection steps as well");
  command->callback([arguments, &exit_code] { exit_code = sweep(*arguments); });
}

}  // namespace stepreg::steprun
