#include "exec/aside.h"
#include "exec/bounds.h"
#include "exec/stages.h"

namespace stepreg::exec {

namespace {

// Copying from a store on another machine may hang; then the limit and signals still hold.
Result<void> copy_credentials(Context& context) {
  const plan::Limit& limit = context.plan.job.prepare_timeout;
  const TimePoint until = after(Clock::now(), limit.seconds);
  const AsideOutcome copied = do_aside(
      context.loop, [&context] { return context.credentials.provide(); }, until,
      [&context] { return context.abort_cause() != Cause::none; });
  switch (copied.end) {
    case AsideOutcome::End::limit:
      return Error{Error::Code::failed,
                   "copying credentials: " + preparation_limit_text(limit) + " reached"};
    case AsideOutcome::End::stopped:
      return Error{Error::Code::failed, "copying credentials was given up"};
    case AsideOutcome::End::done:
      break;
  }
  return copied.result;
}

Result<void> provide_credentials(Context& context) {
  if (!context.credentials.wanted()) return {};
  context.journal->credentials_intent();
  context.record.debt = true;
  auto provided = context.disk.retry([&] { return copy_credentials(context); });
  if (!provided) return provided;
  // Without knowing the secrets nothing may be published (V035).
  return context.censor.add_directory(context.credentials.directory());
}

// A signal or a lost lease; false: none.
bool block_when_aborted(Context& context) {
  context.loop.turn(Clock::now());
  const Cause abort = context.abort_cause();
  if (abort == Cause::none) return false;
  context.block(abort, "the run was aborted", true);
  return true;
}

}  // namespace

void block_for_missing(Context& context, const MissingCredential& missing) {
  const Cause cause = missing.skip ? Cause::setup_skip : Cause::setup_failed;
  context.add_cause(cause, "", "", missing.text);
  context.block(cause, (missing.skip ? "" : "set-up failed: ") + missing.text, true);
}

void set_up(Context& context, Observers& observers) {
  context.enter(RunStage::setup);
  context.job_end = after(Clock::now(), context.plan.job.timeout.seconds);
  if (const auto missing = context.credentials.missing()) {
    return block_for_missing(context, *missing);
  }
  const Result<void> ready = provide_credentials(context);
  if (block_when_aborted(context)) return;
  if (!ready) {
    context.add_cause(Cause::setup_failed, "", "", ready.error().text);
    return context.block(Cause::setup_failed, "set-up failed: " + ready.error().text, true);
  }
  observers.start();
  block_when_aborted(context);
}

}  // namespace stepreg::exec
