// steprun set-status: what a step says about itself, or an operator about a run.
#include <CLI/CLI.hpp>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>

#include "base/fs.h"
#include "exec/run_view.h"
#include "exec/status_states.h"
#include "exec/user_status.h"
#include "steprun/commands.h"
#include "steprun/options.h"

namespace stepreg::steprun {

namespace {

constexpr const char* kStatusVariable = "STEPRUN_STATUS_FILE";

struct SetStatusOptions {
  std::string state_root;
  std::string state = "RUN_USER";
  std::string note;
  std::string target;
  bool force = false;
  bool epoch = false;

  exec::StampForm form() const { return epoch ? exec::StampForm::epoch : exec::StampForm::iso_utc; }
};

// A script must not fail because its status could not be noted.
int from_within_step(const SetStatusOptions& options, const std::string& file) {
  const auto result = exec::set_user_status(file, options.state, options.note, options.form());
  if (result.outcome == exec::UserStatus::failed) complain(result.error);
  return kSuccess;
}

// RUN, or RUN/STEP.
std::optional<std::string> status_file_of(const SetStatusOptions& options) {
  const std::size_t slash = options.target.find('/');
  const auto run = find_run_or_complain(options.state_root, options.target.substr(0, slash));
  if (!run) return std::nullopt;
  if (exec::probe_run(*run) == exec::RunLife::complete) {
    complain("run " + run->id() + " is complete; no record may follow");
    return std::nullopt;
  }
  if (slash == std::string::npos) return run->status();
  const auto steps = exec::view_steps(*run);
  const exec::StepView* step = exec::find_step(steps, options.target.substr(slash + 1));
  if (step == nullptr) {
    complain("run " + run->id() + " has no step `" + options.target.substr(slash + 1) +
             "` that was reached");
    return std::nullopt;
  }
  return join_path(step->path, exec::kStepStatus);
}

int on_a_run(const SetStatusOptions& options) {
  const exec::StateInfo* state = exec::find_state(options.state);
  if (state == nullptr) return complain("there is no state `" + options.state + "`");
  if (!state->from_step && !options.force) {
    return complain("the state `" + options.state +
                    "` belongs to the executor; --force sets it all the same");
  }
  const auto path = status_file_of(options);
  if (!path) return kRefused;
  exec::StatusFile file(*path, {.mode = 0644, .form = options.form()});
  return file.set(options.state, options.note) ? kSuccess
                                               : complain(file.last_error(), kEnvironment);
}

int run_command(const SetStatusOptions& options) {
  if (!options.target.empty()) return on_a_run(options);
  const char* file = std::getenv(kStatusVariable);
  if (file == nullptr || *file == '\0') return kSuccess;  // outside of a run: nothing to do
  return from_within_step(options, file);
}

}  // namespace

void add_set_status(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<SetStatusOptions>();
  CLI::App* command = app.add_subcommand(
      "set-status", "Within a step: append a record to its status file; elsewhere: do nothing");
  command->add_option("-s", options->state, "RUN_USER (default), INFO, WARNING or ENV_FAILED")
      ->type_name("STATE");
  command->add_option("-n,--note", options->note, "Text of the record")->type_name("TEXT");
  command->add_option("TARGET", options->target,
                      "RUN or RUN/STEP instead of the step that the command is called in");
  command->add_flag("--force", options->force, "With TARGET: allow every state");
  command->add_flag("--epoch", options->epoch, "Write the stamp as seconds since 1970");
  add_state_option(*command, options->state_root);
  command->callback([options, &exit_code] { exit_code = run_command(*options); });
}

}  // namespace stepreg::steprun
