#include "exec/loop.h"

#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/check.h"

namespace stepreg::exec {

namespace {

constexpr int kEndSignals[] = {SIGHUP, SIGINT, SIGTERM, SIGQUIT};

sigset_t watched_signals() {
  sigset_t set;
  sigemptyset(&set);
  for (int number : kEndSignals) sigaddset(&set, number);
  sigaddset(&set, SIGCHLD);
  return set;
}

int poll_timeout_ms(TimePoint until) {
  const TimePoint now = Clock::now();
  if (until <= now) return 0;
  // Rounded up, so that a deadline has passed when poll returns; at most an hour at a time.
  const auto left = std::min<Clock::duration>(until - now, std::chrono::hours(1));
  return static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(left).count());
}

}  // namespace

Loop::Loop() {
  ::signal(SIGPIPE, SIG_IGN);
  const sigset_t set = watched_signals();
  CHECK(::sigprocmask(SIG_BLOCK, &set, nullptr) == 0);
  signal_fd_ = UniqueFd(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
  CHECK(signal_fd_.valid());
}

Loop::~Loop() = default;

void Loop::watch(int fd, std::function<void()> ready) {
  watches_[fd] = std::move(ready);
}

void Loop::unwatch(int fd) {
  watches_.erase(fd);
}

int Loop::add_ticker(Ticker ticker) {
  tickers_.emplace(next_ticker_, std::move(ticker));
  return next_ticker_++;
}

void Loop::remove_ticker(int id) {
  tickers_.erase(id);
}

TimePoint Loop::tick() {
  TimePoint next = kNever;
  std::vector<int> ids;
  for (const auto& [id, ticker] : tickers_) ids.push_back(id);
  for (int id : ids) {
    const auto found = tickers_.find(id);
    if (found == tickers_.end()) continue;
    const Ticker ticker = found->second;  // a copy: it may remove itself
    next = std::min(next, ticker(Clock::now()));
  }
  return next;
}

void Loop::turn(TimePoint until) {
  const TimePoint due = std::min(until, tick());
  std::vector<pollfd> polled = {{signal_fd_.get(), POLLIN, 0}};
  for (const auto& [fd, ready] : watches_) polled.push_back({fd, POLLIN, 0});
  const int count = ::poll(polled.data(), polled.size(), poll_timeout_ms(due));
  CHECK(count >= 0 || errno == EINTR || errno == ENOMEM);
  if (count > 0) {
    if (polled[0].revents != 0) read_signals();
    for (std::size_t i = 1; i < polled.size(); ++i) {
      if (polled[i].revents == 0) continue;
      const auto found = watches_.find(polled[i].fd);
      if (found == watches_.end()) continue;
      const auto ready = found->second;  // a copy: it may unwatch itself
      ready();
    }
  }
  tick();
}

void Loop::read_signals() {
  signalfd_siginfo info{};
  while (::read(signal_fd_.get(), &info, sizeof info) == sizeof info) {
    const int number = static_cast<int>(info.ssi_signo);
    if (number == SIGCHLD) continue;  // only wakes the loop
    const TimePoint now = Clock::now();
    const bool counted = interruptions_ == 0 || now - last_signal_ >= kSignalDebounce;
    last_signal_ = now;
    signals_.push_back({wall_now(), number, counted});
    if (!counted) continue;
    ++interruptions_;
    if (first_signal_ == 0) first_signal_ = number;
  }
}

void Loop::restore_signals(std::vector<SignalSeen> signals) {
  signals_.insert(signals_.begin(), signals.begin(), signals.end());
}

}  // namespace stepreg::exec
