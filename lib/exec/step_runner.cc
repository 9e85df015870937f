#include "exec/step_runner.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "base/fs.h"
#include "base/text.h"
#include "exec/step_text.h"
#include "exec/wording.h"

namespace stepreg::exec {

namespace {

bool is_retryable(Cause cause) {
  return cause == Cause::start_error || cause == Cause::image_pull || cause == Cause::env_error;
}

// Size and modification time: changes when the file does.
std::string file_state(const std::string& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return "-";
  return std::to_string(info.st_size) + "/" + std::to_string(info.st_mtim.tv_sec) + "." +
         std::to_string(info.st_mtim.tv_nsec);
}

const char* ending_state(Cause cause) {
  switch (cause) {
    case Cause::step_timeout:
      return "STEP_TIMEOUT";
    case Cause::idle_timeout:
      return "RUN_TIMEOUT";
    case Cause::phase_timeout:
      return "PHASE_TIMEOUT";
    case Cause::job_timeout:
      return "JOB_TIMEOUT";
    case Cause::lease_lost:
      return "ABORTED";
    default:
      return "CANCELLED";
  }
}

}  // namespace

StepRunner::StepRunner(Context& context, const plan::Step& step, StepRecord& record)
    : ctx_(context),
      step_(step),
      record_(record),
      directory_(context.dir.step(record.n, step.phase, step.name)),
      status_(
          directory_ + "/" + kStepStatus,
          {0666, context.options.settings.epoch_stamps ? StampForm::epoch : StampForm::iso_utc}) {}

std::string StepRunner::level() const {
  unsigned within = 1;
  for (const StepRecord& other : ctx_.record.steps) {
    if (other.phase == record_.phase && other.n < record_.n) ++within;
  }
  return std::to_string(static_cast<int>(record_.phase) + 1) + "." + std::to_string(within);
}

void StepRunner::skip(Cause cause, const std::string& reason) {
  record_.status = StepStatus::skipped;
  record_.cause = cause;
  record_.reason = reason;
  ctx_.journal->step_ended(record_);
  status_.set("SKIPPED", reason);
  status_.set("COMPLETE", "result=SKIPPED");
  Event event{.type = "step_skip"};
  event.phase = plan::phase_name(record_.phase);
  event.step = record_.name;
  event.n = record_.n;
  event.status = step_status_name(record_.status);
  event.cause = cause;
  event.text = reason;
  ctx_.tell(event);
}

void StepRunner::run(const Bounds& bounds) {
  record_.attempts = 1;
  const bool before_post = step_.phase != plan::Phase::post;
  if (!ctx_.journal->step_intent(record_) && before_post) {
    // No new debt without a record of it (M075).
    ctx_.add_cause(Cause::disk_error, plan::phase_name(step_.phase), step_.name,
                   "the journal cannot be written; no further step starts");
    ctx_.record.journal_works = false;
    ctx_.block(Cause::setup_failed, "the journal cannot be written", true);
    return skip(Cause::setup_failed, "the journal cannot be written");
  }
  if (before_post) ctx_.record.debt = ctx_.record.step_started = true;
  ++ctx_.steps_started;
  interruptions_at_start_ = ctx_.loop.interruptions();
  record_.started = wall_now();
  record_.log = path_below(ctx_.dir.path(), directory_ + "/" + kStepLog);
  End end;
  for (;; ++record_.attempts) {
    end = attempt(bounds);
    const bool again = is_retryable(end.cause) && record_.attempts <= step_.retries &&
                       ctx_.abort_cause() == Cause::none;
    if (!again) break;
    ctx_.info("step " + in_quotes(step_.name) + ": " + end.text + "; trying again");
    const std::string log = directory_ + "/" + kStepLog;
    ::rename(log.c_str(), (log + "." + std::to_string(record_.attempts)).c_str());
  }
  record_.ended = wall_now();
  conclude(end);
}

void StepRunner::tell_start(const Bound& bound) {
  Event event{.type = "step_start"};
  event.phase = plan::phase_name(step_.phase);
  event.step = step_.name;
  event.n = record_.n;
  event.limit_s = step_.timeout.seconds;
  if (bound.end != kNever) event.remaining_s = seconds_between(started_, bound.end);
  const auto shown = [](const std::optional<double>& s) { return s ? short_seconds(*s) : "none"; };
  event.text = "start: " + level() + " " + step_.name + " (limit " + shown(event.limit_s) +
               ", remaining " + shown(event.remaining_s) + ")";
  ctx_.tell(event);
  ctx_.status.set("RUNNING", "phase=" + event.phase + " step=" + std::to_string(record_.n) + "/" +
                                 std::to_string(ctx_.plan.steps.size()) + " " + step_.name);
}

StepRunner::End StepRunner::start_failed(const StartFailure& failure) {
  status_.set("RUN_ERROR", failure.text);
  record_.exit_code = failure.exit_code;
  return {Cause::start_error, failure.text};
}

StepRunner::End StepRunner::attempt(const Bounds& bounds) {
  status_.set("PREPPING_RUN");
  const TimePoint begin = Clock::now();
  const bool prepared = prepare();
  record_.prepare_s += seconds_between(begin, Clock::now());
  if (!prepared) return {Cause::shared_dir_error, preparation_error_};
  const plan::Limit& limit = ctx_.plan.job.prepare_timeout;
  if (limit.seconds && record_.prepare_s > *limit.seconds && step_.phase != plan::Phase::post) {
    return {Cause::env_error, preparation_limit_text(limit) + " reached"};
  }
  std::vector<std::string> warnings;
  KubeconfigWatch kubeconfig(*ctx_.shared, shared_copy_, directory_ + "/kubeconfig");
  const int ticker = watch_kubeconfig(kubeconfig, warnings);
  const End end = start_and_supervise(bounds);
  ctx_.loop.remove_ticker(ticker);
  for (const std::string& warning : warnings) ctx_.warn(warning);
  return end;
}

StepRunner::End StepRunner::start_and_supervise(const Bounds& bounds) {
  started_ = Clock::now();
  const Bound bound = nearest(bounds, after(started_, step_.timeout.seconds));
  record_.limit.bound = bound_name(bound.cause);
  if (bound.end != kNever) record_.limit.effective_s = seconds_between(started_, bound.end);
  StartSpec spec = start_spec(bound);
  auto cgroup = Cgroup::create(ctx_.record.id + "-" + std::to_string(record_.n), memory_limit());
  if (cgroup) spec.cgroups = cgroup->directories();
  if (memory_limit() && !(cgroup && cgroup->limits_memory())) warn_of_memory();
  tell_start(bound);
  StartOutcome outcome = start_process(spec);
  if (!outcome.started) {
    if (cgroup) cgroup->remove();
    return start_failed(outcome.failure);
  }
  const Started& started = *outcome.started;
  ctx_.journal->step_running({record_.n, started.pid, started.start_ticks, spec.cgroups});
  status_.set("RUNNING", "pid=" + std::to_string(started.pid));
  auto log = std::make_unique<OutputLog>(directory_ + "/" + kStepLog,
                                         step_.log_limit_bytes.value_or(kLogBytes), ctx_.censor,
                                         ctx_.disk);
  auto task = std::make_unique<Task>(ctx_.loop, ctx_.family, *log, task_spec(std::move(spec)),
                                     std::move(*outcome.started), std::move(cgroup));
  bool detached = false;
  const End end = supervise(*task, *log, bounds, detached);
  if (detached) {
    ctx_.detached.push_back(std::move(task));
    ctx_.detached_logs.push_back(std::move(log));
  }
  return end;
}

StepRunner::End StepRunner::supervise(Task& task, const OutputLog& log, const Bounds& bounds,
                                      bool& detached) {
  const Bound bound = nearest(bounds, after(started_, step_.timeout.seconds));
  Progress progress{plan::phase_name(step_.phase),
                    step_.name,
                    record_.n,
                    static_cast<unsigned>(ctx_.plan.steps.size()),
                    started_,
                    bound.end,
                    &log};
  ctx_.progress = &progress;
  file_state_.clear();
  active_files();
  last_file_activity_ = started_;
  Cause requested = Cause::none;
  while (!task.over()) {
    detached = step_.detach && task.leader_ended() && requested == Cause::none;
    if (detached) break;
    TimePoint next = kNever;
    if (requested == Cause::none && !task.leader_ended()) {
      requested = due_cause(task, bound, Clock::now());
      if (requested != Cause::none) request_end(task, requested);
      next = next_check(bound, Clock::now());
    }
    // A second signal ends the grace period of a `pre` or `test` step (M052).
    if (requested != Cause::none && step_.phase != plan::Phase::post &&
        ctx_.loop.interruptions() >= 2) {
      task.kill();
    }
    if (!task.over()) ctx_.loop.turn(next);
  }
  ctx_.progress = nullptr;
  note_task(task, log);
  return classify(task, log, requested);
}

// Why the step must end now.
Cause StepRunner::due_cause(const Task& task, const Bound& bound, TimePoint now) {
  const unsigned signals = ctx_.loop.interruptions();
  if (step_.phase != plan::Phase::post) {
    const Cause abort = ctx_.abort_cause();
    if (abort != Cause::none) return abort;
  } else if (signals > interruptions_at_start_) {
    const bool cleanup = step_.kind == plan::Kind::cleanup;
    if (signals >= (cleanup ? 3U : 2U)) return Cause::aborted_signal;
  }
  if (now >= bound.end) return bound.cause;
  if (!step_.idle.seconds) return Cause::none;
  if (active_files()) last_file_activity_ = now;
  const TimePoint active = std::max(task.last_output(), last_file_activity_);
  return now >= after(active, step_.idle.seconds) ? Cause::idle_timeout : Cause::none;
}

TimePoint StepRunner::next_check(const Bound& bound, TimePoint now) const {
  if (!step_.idle.seconds) return bound.end;
  return std::min(bound.end, after(now, std::min(*step_.idle.seconds / 10, 1.0)));  // T033
}

// Did the step touch its status file or its `timeout_file` since the last call (T031)?
bool StepRunner::active_files() {
  std::string state = file_state(status_.path());
  if (!step_.timeout_file.empty()) {
    state += " " + file_state(join_path(directory_, step_.timeout_file));
  }
  const bool changed = state != file_state_;
  file_state_ = std::move(state);
  return changed;
}

void StepRunner::request_end(Task& task, Cause cause) {
  const std::string grace =
      step_.grace.seconds ? short_seconds(*step_.grace.seconds) : std::string("none");
  status_.set("TERMINATING", std::string(cause_name(cause)) + ", grace " + grace);
  Event event{.type = "step_terminate"};
  event.phase = plan::phase_name(step_.phase);
  event.step = step_.name;
  event.n = record_.n;
  event.cause = cause;
  event.text = "ending " + step_.name + ": " + cause_name(cause) + " (grace " + grace + ")";
  ctx_.tell(event);
  task.end(cause == Cause::aborted_signal || cause == Cause::lease_lost);
}

void StepRunner::note_task(const Task& task, const OutputLog& log) {
  const TimePoint end = task.leader_ended() ? task.ended_at() : Clock::now();
  record_.duration_s = seconds_between(started_, end);
  record_.longest_silence_s = task.longest_silence_s();
  record_.limit.grace_used_s = task.grace_used_s();
  record_.leftover_processes = task.leftovers();
  record_.unreaped = task.unreaped();
  record_.log_bytes = log.bytes();
  if (task.exit()) {
    if (task.exit()->signal != 0) record_.signal = task.exit()->signal;
    record_.exit_code = task.exit()->code;
  }
}

StepRunner::End StepRunner::classify(const Task& task, const OutputLog& log, Cause requested) {
  record_.last_lines = log.last_lines(kLastLines);
  record_.log_truncated = log.truncated();
  const End end =
      requested == Cause::none ? ended_by_itself(task) : ended_by_us(task, log, requested);
  if (!task.unreaped()) return end;
  const std::string why = end.text.empty() ? "" : "; " + end.text;
  return {Cause::unreaped, "a process could not be killed" + why};
}

StepRunner::End StepRunner::ended_by_us(const Task& task, const OutputLog& log, Cause requested) {
  status_.set(ending_state(requested),
              task.exit() ? "exit=" + std::to_string(task.exit()->code) : "still there");
  if (requested == Cause::aborted_signal) return {requested, "ended because of a signal"};
  if (requested == Cause::lease_lost) return {requested, "ended because a lease was lost"};
  return {requested, timeout_text(requested, ctx_.plan, step_, record_, log.last_line())};
}

StepRunner::End StepRunner::ended_by_itself(const Task& task) {
  if (!task.exit()) return {};
  status_.set("RUN_DONE", "exit=" + std::to_string(task.exit()->code));
  if (task.exit()->code == 0) return {};
  if (StatusReader(status_.path()).has_state("ENV_FAILED")) {
    return {Cause::env_error, "the step reported ENV_FAILED"};
  }
  if (task.out_of_memory()) return {Cause::out_of_memory, "ended by the memory killer"};
  if (task.exit()->signal != 0) {
    return {Cause::signal_death, "killed by signal " + signal_name(task.exit()->signal)};
  }
  return {Cause::exit_nonzero, "exit code " + std::to_string(task.exit()->code)};
}

}  // namespace stepreg::exec
