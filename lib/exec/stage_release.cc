#include <unistd.h>

#include <algorithm>

#include "base/fs.h"
#include "base/text.h"
#include "exec/script_command.h"
#include "exec/stages.h"

namespace stepreg::exec {

namespace {

// Stage 5 in reverse: commands are not kept, scripts may contain what nobody should find later.
void remove_commands(Context& context) {
  for (std::size_t i = 0; i < context.plan.steps.size(); ++i) {
    const plan::Step& step = context.plan.steps[i];
    const std::string directory =
        context.dir.step(context.record.steps[i].n, step.phase, step.name);
    ::unlink(join_path(directory, kCommandFile).c_str());
  }
}

void remove_credentials(Context& context) {
  if (!context.credentials.wanted()) return;
  const Result<void> removed = context.credentials.remove();
  if (!removed) {
    context.add_cause(Cause::release_error, "", "", removed.error().text);
    return;
  }
  context.journal->credentials_removed();
}

// M060: a failing release is tried again, recorded, and stops nothing.
std::string release_one(Context& context, const HeldLease& lease) {
  for (std::size_t attempt = 0;; ++attempt) {
    const auto released = release_lease(context.root.leases(), lease, context.record.id);
    if (released) return {};
    context.info(released.error().text);
    if (attempt >= context.options.settings.release_retry_s.size()) return released.error().text;
    const TimePoint again = after(Clock::now(), context.options.settings.release_retry_s[attempt]);
    while (Clock::now() < again) context.loop.turn(again);
  }
}

void note_release(Context& context, const HeldLease& lease, const std::string& error) {
  for (LeaseReport& report : context.record.leases) {
    if (report.env != lease.env) continue;
    if (error.empty()) {
      report.released = wall_now();
    } else {
      report.release_error = error;
    }
  }
}

void release_leases(Context& context) {
  while (!context.held.empty()) {
    const HeldLease lease = context.held.back();
    const std::string error = release_one(context, lease);
    context.journal->lease_released(lease, error);
    note_release(context, lease, error);
    if (!error.empty()) {
      context.add_cause(Cause::release_error, "", "",
                        "lease " + in_quotes(lease.name) + " was not released: " + error);
    }
    context.held.pop_back();
    write_held(context);
  }
}

}  // namespace

void release(Context& context, Observers& observers) {
  context.enter(RunStage::release);
  observers.finish();
  remove_commands(context);
  remove_credentials(context);
  release_leases(context);
}

}  // namespace stepreg::exec
