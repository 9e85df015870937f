// The one loop of the executor: pipes, pidfds, signals and timers in a single poll. Everything that
// waits, waits here; nothing else blocks.
//
//   while (!task.over()) loop.turn(kNever);   // tickers and watches do the work
#pragma once

#include <functional>
#include <map>
#include <vector>

#include "base/unique_fd.h"
#include "base/wall_time.h"
#include "exec/clock.h"

namespace stepreg::exec {

// Signals that are nearer together are one: supervisors often send two (M050).
inline constexpr std::chrono::milliseconds kSignalDebounce{500};

struct SignalSeen {
  WallTime at{};
  int number = 0;
  bool counted = true;  // false: too near to the one before
};

class Loop {
 public:
  // Blocks HUP, INT, TERM, QUIT and CHLD, ignores PIPE. One per process.
  Loop();
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  // Calls `ready` when the descriptor can be read or was hung up.
  void watch(int fd, std::function<void()> ready);
  void unwatch(int fd);

  // Called in every turn; returns when it wants to be called next at the latest.
  using Ticker = std::function<TimePoint(TimePoint now)>;
  int add_ticker(Ticker ticker);
  void remove_ticker(int id);

  // Waits until something happened, at most until `until`, and lets watches and tickers react.
  // Returns at once when a ticker is due. Callbacks may add and remove watches and tickers.
  void turn(TimePoint until);

  // Requests to end: HUP, INT, TERM, QUIT.
  unsigned interruptions() const { return interruptions_; }  // counted ones
  int first_signal() const { return first_signal_; }         // 0: none yet
  const std::vector<SignalSeen>& signals() const { return signals_; }
  // What earlier processes of a resumed run saw.
  void restore_signals(std::vector<SignalSeen> signals);

 private:
  void read_signals();
  TimePoint tick();

  UniqueFd signal_fd_;
  std::map<int, std::function<void()>> watches_;
  std::map<int, Ticker> tickers_;
  int next_ticker_ = 1;
  std::vector<SignalSeen> signals_;
  unsigned interruptions_ = 0;
  int first_signal_ = 0;
  TimePoint last_signal_ = TimePoint::min();
};

}  // namespace stepreg::exec
