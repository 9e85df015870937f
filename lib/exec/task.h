// One running script, of a step or an observer: its output, its end, and everything it leaves.
//
// States: running -> (ending ->) ended -> over. Over means: the leader is reaped and no descendant
// is left (M031), or something could not be killed (`unreaped`).
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "exec/cgroup.h"
#include "exec/clock.h"
#include "exec/family.h"
#include "exec/loop.h"
#include "exec/output_log.h"
#include "exec/process.h"

namespace stepreg::exec {

struct TaskSpec {
  StartSpec start;
  std::string marker;             // of Family; empty for steps
  std::optional<double> grace_s;  // nullopt: KILL at once
  bool prow = false;              // compat: INT to the leader instead of TERM to the group
  bool detach = false;            // leave background processes alone until dismiss()
  double drain_s = 0;             // how long output is read after the leader's end (M033)
  double unkillable_s = 10;       // after KILL (M035)
};

class Task {
 public:
  // `started` is from start_process(spec.start).
  Task(Loop& loop, Family& family, OutputLog& log, TaskSpec spec, Started started,
       std::optional<Cgroup> cgroup);
  ~Task();  // kills what is left
  Task(const Task&) = delete;
  Task& operator=(const Task&) = delete;

  bool over() const { return over_; }
  // Detached: the leader has ended, what it started may live on.
  bool leader_ended() const { return exit_.has_value(); }
  bool ending() const { return end_requested_.has_value(); }

  // T051: TERM to the group, INT after half of the grace period, KILL at its end.
  void end(bool abort);
  void kill();     // at once, also in the grace period
  void dismiss();  // end of the phase: background processes of a detached task, too

  pid_t pid() const { return pid_; }
  std::uint64_t start_ticks() const { return start_ticks_; }
  const std::optional<ExitStatus>& exit() const { return exit_; }
  TimePoint ended_at() const { return ended_at_; }  // of the leader
  std::size_t leftovers() const { return leftovers_; }
  bool unreaped() const { return unreaped_; }
  bool out_of_memory() const { return out_of_memory_; }
  double grace_used_s() const;
  TimePoint last_output() const { return last_output_; }
  double longest_silence_s() const;

 private:
  TimePoint tick(TimePoint now);
  void read_output();
  void drain_output();
  void note_exit(TimePoint now);
  void signal_group(int number);
  void kill_all();
  TimePoint tick_ending(TimePoint now);
  TimePoint tick_rest(TimePoint now);
  TimePoint tick_killed(TimePoint now);
  std::vector<pid_t> rest();
  void finish();

  Loop& loop_;
  Family& family_;
  OutputLog& log_;
  TaskSpec spec_;
  pid_t pid_;
  std::uint64_t start_ticks_;
  UniqueFd pidfd_;
  UniqueFd output_;
  std::optional<Cgroup> cgroup_;
  int ticker_ = 0;

  std::optional<ExitStatus> exit_;
  TimePoint ended_at_{};
  TimePoint over_at_{};
  std::optional<TimePoint> end_requested_;
  std::optional<TimePoint> interrupted_;  // INT was sent
  std::optional<TimePoint> swept_;        // TERM was sent to what the leader left
  std::optional<TimePoint> killed_;
  bool dismissed_ = false;
  bool over_ = false;
  bool unreaped_ = false;
  bool out_of_memory_ = false;
  std::size_t leftovers_ = 0;
  TimePoint last_output_;
  double longest_silence_s_ = 0;
};

}  // namespace stepreg::exec
