// steprun stop and steprun resume-steps: write and remove stop files.
#include <CLI/CLI.hpp>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>

#include "base/fs.h"
#include "base/text.h"
#include "exec/run_dir.h"
#include "exec/stop_file.h"
#include "steprun/commands.h"
#include "steprun/options.h"

namespace stepreg::steprun {

namespace {

struct StopOptions {
  std::string state_root;
  std::string run;
  bool machine = false;
  bool graceful = false;
  std::optional<std::uint64_t> after;
  std::string reason;
};

// The directory of the scope; nothing after a complaint.
std::optional<std::string> directory_of(const StopOptions& options, bool must_be_active) {
  if (options.machine != options.run.empty()) {
    complain("give a RUN, or --machine for all runs");
    return std::nullopt;
  }
  if (options.machine) {
    if (const Result<void> made = make_directories(options.state_root); !made) {
      complain(made.error().text);
      return std::nullopt;
    }
    return options.state_root;
  }
  const auto run = find_run_or_complain(options.state_root, options.run);
  if (!run) return std::nullopt;
  const exec::RunLife life = exec::probe_run(*run);
  if (must_be_active && life != exec::RunLife::active) {
    complain("run " + run->id() +
             (life == exec::RunLife::complete
                  ? " is complete"
                  : " has no executor any more; `steprun resume` cleans up"));
    return std::nullopt;
  }
  return run->path();
}

int stop(const StopOptions& options) {
  const auto directory = directory_of(options, true);
  if (!directory) return kRefused;
  const auto kind = options.graceful ? exec::StopKind::graceful : exec::StopKind::fast;
  const auto path = exec::write_stop_file(*directory, kind, options.after, options.reason);
  if (!path) return complain(path.error().text, kEnvironment);
  const std::string when =
      options.after.value_or(0) == 0
          ? "the step that runs now is not interrupted, no further one is started"
          : counted(*options.after, "more step") + " after the one that runs now";
  std::printf("%s: %s; cleanup runs, collection %s\n", path->c_str(), when.c_str(),
              options.graceful ? "as well" : "does not");
  if (options.machine) {
    std::printf("it stops every run of this machine until `steprun resume-steps --machine`\n");
  }
  return kSuccess;
}

int resume_steps(const StopOptions& options) {
  const auto directory = directory_of(options, false);
  if (!directory) return kRefused;
  const auto removed = exec::remove_stop_files(*directory);
  if (!removed) return complain(removed.error().text, kEnvironment);
  if (removed->empty()) std::fprintf(stderr, "no stop file in %s\n", directory->c_str());
  for (const std::string& path : *removed) std::printf("removed %s\n", path.c_str());
  return kSuccess;
}

void add_scope(CLI::App& command, StopOptions& options) {
  command.add_option("RUN", options.run, "Run id, the beginning of one, or `last`");
  command.add_flag("--machine", options.machine, "All runs of this machine instead of one");
  add_state_option(command, options.state_root);
}

}  // namespace

void add_stop(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<StopOptions>();
  CLI::App* command =
      app.add_subcommand("stop", "Ask a run to start no further steps; its cleanup still runs");
  add_scope(*command, *options);
  command->add_flag("--graceful", options->graceful, "Let collection steps run as well");
  command->add_option("--after", options->after, "Stop after so many more steps")->type_name("N");
  command->add_option("--reason", options->reason, "Recorded with every step that is skipped")
      ->type_name("TEXT");
  command->callback([options, &exit_code] { exit_code = stop(*options); });
}

void add_resume_steps(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<StopOptions>();
  CLI::App* command =
      app.add_subcommand("resume-steps", "Remove stop files: steps not yet skipped run again");
  add_scope(*command, *options);
  command->callback([options, &exit_code] { exit_code = resume_steps(*options); });
}

}  // namespace stepreg::steprun
