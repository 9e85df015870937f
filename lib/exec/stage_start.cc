#include <sys/stat.h>

#include "base/fs.h"
#include "base/text.h"
#include "exec/script_command.h"
#include "exec/stages.h"

namespace stepreg::exec {

namespace {

// Directories and commands of all steps exist before anything is acquired, so that neither a full
// disk nor a changed registry can keep a cleanup step from starting.
Result<void> make_step_directory(Context& context, const plan::Step& step,
                                 const StepRecord& record) {
  const std::string directory = context.dir.step(record.n, step.phase, step.name);
  for (const char* name : {kStepArtifacts, kStepShared, "home"}) {
    if (auto made = make_directories(join_path(directory, name)); !made) return made;
  }
  StatusFile status(
      join_path(directory, kStepStatus),
      {0666, context.options.settings.epoch_stamps ? StampForm::epoch : StampForm::iso_utc});
  status.set("CREATED");
  return write_command_file(step.script, directory);
}

// Generation 0. It is made before leases are held, because cleanup cannot do without it.
Result<void> make_shared_dir(Context& context) {
  auto shared = SharedDir::create(context.dir.shared());
  if (!shared) return shared.error();
  context.shared = std::move(*shared);
  return {};
}

// M010, stage 1: the plan and this machine only.
Result<void> static_checks(const Context& context) {
  for (const plan::Step& step : context.plan.steps) {
    const std::string workdir = join_path(context.options.settings.workdir, step.workdir);
    if (!is_directory(workdir)) {
      return Error{Error::Code::not_found, workdir + ": working directory of step " +
                                               in_quotes(step.name) + " is not there"};
    }
  }
  for (const plan::Lease& lease : context.plan.leases) {
    bool known = false;
    for (const auto& [type, names] : context.plan.machine.lease_pools) {
      known = known || type == lease.resource_type;
    }
    if (!known) {
      return Error{Error::Code::not_found, "lease of type " + in_quotes(lease.resource_type) +
                                               ": `lease_pools` in the settings has no such pool"};
    }
  }
  return {};
}

}  // namespace

void check_at_start(Context& context) {
  const StopLook look = context.look_for_stops();
  if (look.kind != StopKind::none) {
    context.stops.latch();
    const Cause cause = look.kind == StopKind::fast ? Cause::stop_fast : Cause::stop_graceful;
    const std::string text = "stop file " + look.decisive->path;
    context.add_cause(cause, "", "", text + " was there at the start; delete it to run again");
    return context.block(cause, text, true);
  }
  context.loop.turn(Clock::now());
  if (context.aborted()) {
    return context.block(Cause::aborted_signal, "aborted by a signal", true);
  }
  Result<void> ready = static_checks(context);
  if (const auto missing = context.credentials.missing(); ready && missing) {
    return block_for_missing(context, *missing);
  }
  if (ready) ready = make_shared_dir(context);
  for (std::size_t i = 0; ready && i < context.plan.steps.size(); ++i) {
    ready = make_step_directory(context, context.plan.steps[i], context.record.steps[i]);
  }
  if (!ready) {
    context.add_cause(Cause::setup_failed, "", "", ready.error().text);
    context.block(Cause::setup_failed, "set-up failed: " + ready.error().text, true);
  }
}

}  // namespace stepreg::exec
