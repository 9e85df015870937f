// Running one step from its intent in the journal to its published artifacts (execution.md 2.5).
#pragma once

#include <string>

#include "exec/bounds.h"
#include "exec/context.h"
#include "exec/environment.h"

namespace stepreg::exec {

class StepRunner {
 public:
  StepRunner(Context& context, const plan::Step& step, StepRecord& record);

  // Afterwards the record is complete, and a failure that counts is among the causes.
  void run(const Bounds& bounds);
  void skip(Cause cause, const std::string& reason);

  // The environment that the step had or will have, for a person's shell.
  std::vector<std::string> shell_environment();
  const std::string& directory() const { return directory_; }

 private:
  struct End {
    Cause cause = Cause::none;
    std::string text;
  };
  End attempt(const Bounds& bounds);
  End start_and_supervise(const Bounds& bounds);
  End start_failed(const StartFailure& failure);
  int watch_kubeconfig(KubeconfigWatch& watch, std::vector<std::string>& warnings);
  End supervise(Task& task, const OutputLog& log, const Bounds& bounds, bool& detached);
  Cause due_cause(const Task& task, const Bound& bound, TimePoint now);
  TimePoint next_check(const Bound& bound, TimePoint now) const;
  void request_end(Task& task, Cause cause);
  End classify(const Task& task, const OutputLog& log, Cause requested);
  End ended_by_us(const Task& task, const OutputLog& log, Cause requested);
  End ended_by_itself(const Task& task);
  void note_task(const Task& task, const OutputLog& log);
  bool prepare();
  std::optional<std::uint64_t> memory_limit() const;  // bytes
  void warn_of_memory();
  StartSpec start_spec(const Bound& bound);
  TaskSpec task_spec(StartSpec start) const;
  StepSurroundings surroundings(const Bound& bound) const;
  bool active_files();
  void commit_shared();
  void read_user_status();
  void publish();
  void record_duration();
  void conclude(const End& end);
  bool is_tolerated(Cause cause) const;
  void tell_start(const Bound& bound);
  std::string level() const;

  Context& ctx_;
  const plan::Step& step_;
  StepRecord& record_;
  std::string directory_;
  StatusFile status_;
  std::vector<std::string> environment_;
  std::string shared_copy_;
  std::string preparation_error_;
  unsigned interruptions_at_start_ = 0;
  TimePoint started_{};
  TimePoint last_file_activity_{};
  std::string file_state_;
};

}  // namespace stepreg::exec
