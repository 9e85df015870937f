#include "exec/observers.h"

#include "base/fs.h"
#include "base/text.h"
#include "exec/environment.h"
#include "exec/script_command.h"
#include "exec/step_text.h"
#include "exec/wording.h"

namespace stepreg::exec {

namespace {

std::string observer_dir(const Context& context, const plan::Observer& observer) {
  return join_path(context.dir.observers(), path_component(observer.name));
}

TaskSpec task_spec(const Context& context, const plan::Observer& observer,
                   const std::string& directory, const StepSurroundings& around) {
  TaskSpec spec;
  spec.start.argv = script_command(observer.script, directory);
  spec.start.env = observer_environment(context.plan, observer, around);
  spec.start.workdir = context.options.settings.workdir;
  spec.marker = "STEPRUN_OBSERVER=" + observer.name;
  spec.grace_s = observer.grace.seconds;
  return spec;
}

}  // namespace

void Observers::start() {
  for (const plan::Observer& observer : ctx_.plan.observers) {
    ObserverRecord record;
    record.name = observer.name;
    ctx_.record.observers.push_back(record);
    start_one(observer, ctx_.record.observers.size() - 1);
  }
  ticker_ = ctx_.loop.add_ticker([this](TimePoint now) { return tick(now); });
}

void Observers::fail_start(std::size_t index, int exit_code, const std::string& text) {
  ObserverRecord& record = ctx_.record.observers[index];
  record.status = StepStatus::fail;
  record.cause = Cause::start_error;
  record.exit_code = exit_code;
  record.reason = text;
  ctx_.warn("observer " + in_quotes(record.name) + " cannot be started: " + text);
}

void Observers::start_one(const plan::Observer& observer, std::size_t index) {
  Running running;
  running.observer = &observer;
  running.index = index;
  running.directory = observer_dir(ctx_, observer);
  for (const char* name : {"artifacts", "home"}) {
    if (auto made = make_directories(join_path(running.directory, name)); !made) {
      return fail_start(index, 126, made.error().text);
    }
  }
  if (auto written = write_command_file(observer.script, running.directory); !written) {
    return fail_start(index, 126, written.error().text);
  }
  StepSurroundings around = common_surroundings(ctx_);
  around.shared_dir = join_path(running.directory, kStepShared);
  if (auto copied = ctx_.shared->copy_to(around.shared_dir); !copied) {
    return fail_start(index, 126, copied.error().text);
  }
  around.artifact_dir = join_path(running.directory, kStepArtifacts);
  around.home = join_path(running.directory, "home");
  around.kubeconfig = join_path(around.shared_dir, "kubeconfig");
  around.status_file = join_path(running.directory, kStepStatus);
  around.grace_s = observer.grace.seconds;
  TaskSpec spec = task_spec(ctx_, observer, running.directory, around);
  StartOutcome outcome = start_process(spec.start);
  if (!outcome.started) {
    return fail_start(index, outcome.failure.exit_code, outcome.failure.text);
  }
  ctx_.journal->observer_started(observer.name,
                                 {0, outcome.started->pid, outcome.started->start_ticks, {}});
  running.started = Clock::now();
  ctx_.record.observers[index].started = wall_now();
  running.log = std::make_unique<OutputLog>(join_path(running.directory, kStepLog), kLogBytes,
                                            ctx_.censor, ctx_.disk);
  running.task = std::make_unique<Task>(ctx_.loop, ctx_.family, *running.log, std::move(spec),
                                        std::move(*outcome.started), std::nullopt);
  Event event{.type = "observer_start"};
  event.step = observer.name;
  ctx_.tell(event);
  running_.push_back(std::move(running));
}

TimePoint Observers::tick(TimePoint now) {
  TimePoint next = kNever;
  for (Running& running : running_) {
    if (running.task->over()) {
      report(running);
      continue;
    }
    const TimePoint end = after(running.started, running.observer->timeout.seconds);
    if (now >= end && !running.task->ending()) {
      running.timed_out = true;
      running.task->end(false);
    }
    if (!running.task->ending()) next = std::min(next, end);
  }
  return next;
}

void Observers::report(Running& running) {
  if (running.reported) return;
  running.reported = true;
  running.log->close();
  ObserverRecord& record = ctx_.record.observers[running.index];
  record.duration_s = seconds_between(
      running.started, running.task->exit() ? running.task->ended_at() : Clock::now());
  record.last_lines = running.log->last_lines(kLastLines);
  if (running.task->exit()) record.exit_code = running.task->exit()->code;
  const bool failed = running.timed_out || (!running.asked && record.exit_code != 0);
  record.status = failed ? StepStatus::fail : StepStatus::pass;
  if (running.timed_out) {
    record.cause = Cause::step_timeout;
    record.reason = "limit of " + short_seconds(*running.observer->timeout.seconds) + " reached";
  } else if (failed) {
    const int signal = running.task->exit() ? running.task->exit()->signal : 0;
    record.cause = signal != 0 ? Cause::signal_death : Cause::exit_nonzero;
    record.reason = signal != 0 ? "killed by signal " + signal_name(signal)
                                : "exit code " + std::to_string(record.exit_code.value_or(-1));
  }
  Event event{.type = "observer_end"};
  event.step = record.name;
  event.status = step_status_name(record.status);
  event.cause = record.cause;
  event.text = record.reason;
  event.duration_s = record.duration_s;
  ctx_.tell(event);
}

void Observers::refresh() {
  for (Running& running : running_) {
    if (running.task->over()) continue;
    const auto refreshed = ctx_.shared->refresh(join_path(running.directory, kStepShared));
    if (!refreshed) ctx_.info(refreshed.error().text);
  }
}

void Observers::request_end() {
  for (Running& running : running_) {
    if (running.task->over() || running.task->ending()) continue;
    running.asked = true;
    running.task->end(false);
  }
}

void Observers::finish() {
  request_end();
  for (Running& running : running_) {
    while (!running.task->over()) ctx_.loop.turn(kNever);
    report(running);
  }
  if (ticker_ != 0) ctx_.loop.remove_ticker(ticker_);
  running_.clear();
}

}  // namespace stepreg::exec
