#include "exec/context.h"

#include "base/fs.h"
#include "base/text.h"
#include "exec/hooks.h"
#include "exec/wording.h"

namespace stepreg::exec {

namespace {

StatusOptions status_options(const RunSettings& settings) {
  return {0644, settings.epoch_stamps ? StampForm::epoch : StampForm::iso_utc};
}

StopSettings stop_settings(const RunOptions& options, const RunDir& dir) {
  return {options.settings.state_root, dir.path(), options.settings.stop_dirs,
          options.ignore_stale_stop, options.stale_age};
}

const char* state_of(RunStage stage) {
  switch (stage) {
    case RunStage::created:
      return "CREATED";
    case RunStage::leases:
      return "SCHEDULED";
    case RunStage::setup:
      return "PREPPING_RUN";
    case RunStage::pre:
    case RunStage::test:
      return "RUNNING";
    case RunStage::post:
      return "CLEANUP";
    case RunStage::release:
      return "RELEASING";
    case RunStage::complete:
      break;
  }
  return "RESULTS";
}

const char* state_of(Cause cause) {
  switch (cause) {
    case Cause::job_timeout:
      return "JOB_TIMEOUT";
    case Cause::phase_timeout:
      return "PHASE_TIMEOUT";
    case Cause::aborted_signal:
      return "CANCELLED";
    case Cause::lease_error:
    case Cause::no_lease:
      return "LEASE_ERROR";
    case Cause::lease_lost:
      return "LEASE_LOST";
    case Cause::setup_failed:
      return "ENV_FAILED";
    case Cause::release_error:
      return "CLEANUP_FAILED";
    default:
      return "INFO";
  }
}

}  // namespace

Context::Context(const plan::Plan& p, RunOptions o, RunDir d, Listener& l)
    : plan(p),
      options(std::move(o)),
      root(options.settings.state_root),
      dir(std::move(d)),
      listener(l),
      disk(dir.reserve()),
      status(dir.status(), status_options(options.settings)),
      stops(stop_settings(options, dir)),
      credentials(plan, dir, options.settings.settings_root) {
  disk.on_full([this] {
    record.disk_full = true;
    warn("the disk is full; the space reserved for cleanup was given up");
  });
  loop.add_ticker([this](TimePoint) {
    note_signals();
    return kNever;
  });
  loop.add_ticker([this](TimePoint now) { return listener.on_tick(progress, now); });
}

void Context::tell(Event event) {
  event.text = censor.censored(event.text);
  if (event.total == 0 && event.n > 0) event.total = static_cast<unsigned>(plan.steps.size());
  listener.on_event(event);
}

void Context::enter(RunStage stage) {
  journal->stage(stage);
  record.entered[static_cast<std::size_t>(stage)] = wall_now();
  status.set(state_of(stage), std::string("stage=") + stage_name(stage));
  Event event{.type = "stage"};
  event.phase = stage_name(stage);
  tell(event);
}

void Context::add_cause(Cause kind, const std::string& phase, const std::string& step,
                        const std::string& raw) {
  const std::string text = censor.censored(raw);
  const CauseRecord cause{kind, phase, step, wall_now(), text};
  journal->cause(cause);
  record.causes.push_back(cause);
  status.set(state_of(kind), text);
  Event event{.type = "cause"};
  event.phase = phase;
  event.step = step;
  event.cause = kind;
  event.text = text;
  tell(event);
}

void Context::warn(const std::string& raw) {
  const std::string text = censor.censored(raw);
  record.warnings.push_back(text);
  status.set("WARNING", text);
  Event event{.type = "warning"};
  event.text = text;
  tell(event);
}

void Context::info(const std::string& text) {
  Event event{.type = "info"};
  event.text = text;
  tell(event);
}

void Context::block(Cause cause, std::string text, bool hard) {
  if (blocked && (blocked->hard || !hard)) return;
  blocked = Block{cause, std::move(text), hard};
}

Cause Context::abort_cause() const {
  if (aborted()) return Cause::aborted_signal;
  return lease_lost ? Cause::lease_lost : Cause::none;
}

void Context::note_signals() {
  while (record.signals.size() < loop.signals().size()) {
    const SignalSeen seen = loop.signals()[record.signals.size()];
    record.signals.push_back(seen);
    if (journal) journal->signal(seen);
    const std::string text = "signal " + signal_name(seen.number) + " received" +
                             (seen.counted ? "" : ", counted with the one just before");
    Event event{.type = "signal"};
    event.text = text;
    tell(event);
    if (seen.counted && journal && loop.first_signal() == seen.number &&
        loop.interruptions() == 1) {
      add_cause(Cause::aborted_signal, "", "", text);
    } else {
      status.set("INFO", text);
    }
  }
}

StopLook Context::look_for_stops() {
  StopLook look = stops.look(steps_started);
  for (const std::string& warning : look.warnings) warn(warning);
  for (const StopFile& file : look.stale) info("old stop file " + file.path + " is ignored");
  for (const StopFile& file : look.appeared) {
    const bool fast = file.kind == StopKind::fast;
    std::string text = "stop file " + file.path + " (" + stop_scope_name(file.scope) + ", " +
                       stop_kind_name(file.kind) + "): ";
    text += file.after > 0 ? "no step starts after " + counted(file.after, "more step")
                           : std::string("the remaining steps are skipped");
    text += fast ? ", nothing is collected" : ", data are still collected";
    text += ", cleanup runs; delete the file to go on";
    if (!file.reason.empty()) text += "; reason: " + file.reason;
    if (!record.stop.seen) record.stop.first_seen = wall_now();
    record.stop.seen = true;
    record.stop.kind = stop_kind_name(look.kind == StopKind::none ? file.kind : look.kind);
    record.stop.path = look.decisive ? look.decisive->path : file.path;
    record.stop.cleared.reset();
    status.set("STOP_REQUESTED", text);
    Event event{.type = "stop_requested"};
    event.text = text;
    tell(event);
    run_hook(*this, "stop", file.path);
  }
  for (const StopFile& file : look.cleared) {
    record.stop.cleared = wall_now();
    status.set("STOP_CLEARED", "stop file " + file.path + " is gone");
    Event event{.type = "stop_cleared"};
    event.text = "stop file " + file.path + " is gone";
    tell(event);
  }
  if (!look.appeared.empty() || !look.cleared.empty()) {
    journal->stop(record.stop, stops.latched() == StopKind::fast);
  }
  return look;
}

bool Context::write_report(const std::string& path, const std::string& content, Flush flush) {
  const Result<void> written =
      disk.retry([&] { return write_file_atomic(path, content, 0644, flush); });
  if (written) return true;
  if (!lost_reports) {
    lost_reports = true;
    status.set("RESULTS_ERROR", written.error().text);
    Event event{.type = "warning"};
    event.text = written.error().text;
    tell(event);
  }
  return false;
}

}  // namespace stepreg::exec
