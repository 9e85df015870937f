#include "exec/stages.h"

namespace stepreg::exec {

namespace {

Result<void> provide_credentials(Context& context) {
  if (!context.credentials.wanted()) return {};
  context.journal->credentials_intent();
  context.record.debt = true;
  auto provided = context.disk.retry([&] { return context.credentials.provide(); });
  if (!provided) return provided;
  // Without knowing the secrets nothing may be published (V035).
  return context.censor.add_directory(context.credentials.directory());
}

}  // namespace

void set_up(Context& context, Observers& observers) {
  context.enter(RunStage::setup);
  context.job_end = after(Clock::now(), context.plan.job.timeout.seconds);
  if (Result<void> ready = provide_credentials(context); !ready) {
    context.add_cause(Cause::setup_failed, "", "", ready.error().text);
    return context.block(Cause::setup_failed, "set-up failed: " + ready.error().text, true);
  }
  observers.start();
  context.loop.turn(Clock::now());
  if (const Cause abort = context.abort_cause(); abort != Cause::none) {
    context.block(abort, "the run was aborted", true);
  }
}

}  // namespace stepreg::exec
