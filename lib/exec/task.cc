#include "exec/task.h"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace stepreg::exec {

namespace {

constexpr std::size_t kReadBytes = 256 << 10;
constexpr int kReadsPerTurn = 8;  // so that a flood of output cannot starve timers and signals
constexpr std::chrono::milliseconds kRestPoll{20};

}  // namespace

Task::Task(Loop& loop, Family& family, OutputLog& log, TaskSpec spec, Started started,
           std::optional<Cgroup> cgroup)
    : loop_(loop),
      family_(family),
      log_(log),
      spec_(std::move(spec)),
      pid_(started.pid),
      start_ticks_(started.start_ticks),
      pidfd_(std::move(started.pidfd)),
      output_(std::move(started.output)),
      cgroup_(std::move(cgroup)),
      last_output_(Clock::now()) {
  family_.add(pid_, spec_.marker);
  loop_.watch(pidfd_.get(), [this] { note_exit(Clock::now()); });
  if (output_.valid()) loop_.watch(output_.get(), [this] { read_output(); });
  ticker_ = loop_.add_ticker([this](TimePoint now) { return tick(now); });
}

Task::~Task() {
  if (!over_) {
    kill_all();
    finish();
  }
}

void Task::read_output() {
  static char buffer[kReadBytes];  // one thread, and nothing keeps it between calls
  for (int i = 0; i < kReadsPerTurn && output_.valid(); ++i) {
    const ssize_t got = ::read(output_.get(), buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) {
      loop_.unwatch(output_.get());
      output_.reset();
      return;
    }
    const TimePoint now = Clock::now();
    longest_silence_s_ = std::max(longest_silence_s_, seconds_between(last_output_, now));
    last_output_ = now;
    log_.append(buffer, static_cast<std::size_t>(got));
    if (static_cast<std::size_t>(got) < sizeof buffer) return;
  }
}

// Nobody writes any more: what is in the pipe is all there is, at most its capacity.
void Task::drain_output() {
  for (int i = 0; i < 64 && output_.valid(); ++i) {
    const TimePoint before = last_output_;
    read_output();
    if (before == last_output_) break;
  }
}

void Task::note_exit(TimePoint now) {
  exit_ = peek_exit(pidfd_);
  if (!exit_) return;
  loop_.unwatch(pidfd_.get());
  ended_at_ = now;
  // What it left is found as our own children from here on; its process group id must not be used
  // any more, since nothing keeps it reserved.
  reap(pid_);
  family_.reaped(pid_);
  if (cgroup_) out_of_memory_ = cgroup_->oom_kills() > 0;
}

void Task::signal_group(int number) {
  if (exit_) {
    for (pid_t pid : rest()) ::kill(pid, number);
    return;
  }
  ::kill(-pid_, number);
}

void Task::end(bool abort) {
  if (end_requested_ || over_) return;
  end_requested_ = Clock::now();
  if (!spec_.grace_s || *spec_.grace_s <= 0) return kill();
  if (spec_.prow) {
    if (exit_) return;
    ::kill(pid_, SIGINT);
    if (abort) ::kill(pid_, SIGTERM);
    return;
  }
  signal_group(SIGTERM);
  signal_group(SIGCONT);  // a stopped process would not notice
}

void Task::kill() {
  if (over_ || killed_) return;
  if (!end_requested_) end_requested_ = Clock::now();
  killed_ = Clock::now();
  kill_all();
}

void Task::dismiss() {
  dismissed_ = true;
  if (exit_ && !over_) end(false);
}

void Task::kill_all() {
  if (cgroup_) cgroup_->kill();
  if (!exit_) ::kill(-pid_, SIGKILL);
  for (pid_t pid : rest()) ::kill(pid, SIGKILL);
}

std::vector<pid_t> Task::rest() {
  return family_.rest_of(pid_, spec_.marker);
}

TimePoint Task::tick(TimePoint now) {
  if (over_) return kNever;
  if (killed_) return tick_killed(now);
  TimePoint next = kNever;
  if (end_requested_) next = tick_ending(now);
  if (exit_ && !killed_) next = std::min(next, tick_rest(now));
  return over_ ? kNever : next;
}

TimePoint Task::tick_ending(TimePoint now) {
  const TimePoint half = after(*end_requested_, *spec_.grace_s / 2);
  const TimePoint full = after(*end_requested_, spec_.grace_s);
  if (now >= full) {
    kill();
    return now + kRestPoll;
  }
  if (spec_.prow || interrupted_) return full;
  if (now < half) return half;
  interrupted_ = now;
  signal_group(SIGINT);
  return full;
}

// The leader has ended: wait for its output, end what it left (M033).
TimePoint Task::tick_rest(TimePoint now) {
  const std::vector<pid_t> left = rest();
  if (left.empty()) {
    drain_output();
    finish();
    return kNever;
  }
  if (spec_.detach && !dismissed_) return kNever;
  const TimePoint patience = after(ended_at_, spec_.drain_s);
  if (!swept_ && !end_requested_ && output_.valid() && now < patience) return now + kRestPoll;
  leftovers_ = std::max(leftovers_, left.size());
  if (!swept_) {
    swept_ = now;
    for (pid_t pid : left) {
      ::kill(pid, SIGTERM);
      ::kill(pid, SIGCONT);
    }
  }
  const TimePoint since = end_requested_ ? *end_requested_ : *swept_;
  if (now >= after(since, spec_.grace_s.value_or(0))) kill();
  return now + kRestPoll;
}

TimePoint Task::tick_killed(TimePoint now) {
  if (exit_ && rest().empty()) {
    drain_output();
    finish();
    return kNever;
  }
  if (now >= after(*killed_, spec_.unkillable_s)) {
    unreaped_ = true;
    family_.give_up(rest());
    if (!exit_) family_.give_up({pid_});
    finish();
    return kNever;
  }
  kill_all();
  return now + kRestPoll;
}

void Task::finish() {
  over_ = true;
  over_at_ = Clock::now();
  if (!exit_) loop_.unwatch(pidfd_.get());
  if (output_.valid()) {
    loop_.unwatch(output_.get());
    output_.reset();
  }
  loop_.remove_ticker(ticker_);
  family_.remove(spec_.marker);
  if (cgroup_) cgroup_->remove();
}

double Task::grace_used_s() const {
  if (!end_requested_) return 0;
  return seconds_between(*end_requested_, over_ ? over_at_ : Clock::now());
}

double Task::longest_silence_s() const {
  const TimePoint end = exit_ ? ended_at_ : Clock::now();
  return std::max(longest_silence_s_, seconds_between(last_output_, end));
}

}  // namespace stepreg::exec
