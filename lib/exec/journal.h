// The write-ahead journal: what the executor decides is on disk before it is done (M001), so that
// whoever comes after it knows at least as much as was allocated (M021).
//
// One JSON object per line, `kind` first. Records that create debt or report facts are flushed to
// disk; records of steps that were skipped need not be, because losing them loses nothing.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/unique_fd.h"
#include "exec/disk_guard.h"
#include "exec/lease_pool.h"
#include "exec/record.h"

namespace stepreg::exec {

// Fault injection (`--chaos`): the process kills itself or its guardian, or both, when the journal
// gets its n-th record.
struct Chaos {
  unsigned at_record = 0;  // 0: never
  bool kill_worker = false;
  bool kill_guardian = false;
};

// Settings of a run that its cleanup needs when another process takes over.
struct RunSettings {
  std::string state_root;
  std::string settings_root;  // --root: base of profile and credential directories
  std::string workdir;        // working directory of the executor
  std::vector<std::string> stop_dirs;
  std::vector<std::string> not_selected;  // names of steps that were deselected
  bool prow = false;
  double drain_s = 5;
  bool epoch_stamps = false;
  double unkillable_s = 10;  // after KILL a process that is still there counts as `unreaped` (M035)
  double heartbeat_s = 30;   // of leases (E245)
  std::vector<double> release_retry_s{1, 5, 25};  // pauses before a release is tried again (M060)
  std::string append_lists;  // directory of result lists that go on for ever (R020)
  std::string on_event;      // a shell command, run when a stop is seen and when the run ends
};

struct RunningStep {
  unsigned n = 0;
  pid_t pid = 0;
  std::uint64_t start_ticks = 0;
  std::vector<std::string> cgroups;
};

// What a journal says.
struct Replay {
  RunRecord record;  // causes, steps that ended, leases, signals, stages, flags
  RunSettings settings;
  std::vector<HeldLease> held;        // acquired, and not released
  std::optional<unsigned> open_step;  // step whose intent is the last word about it
  std::optional<RunningStep> running;
  bool stop_latched_fast = false;
  std::size_t records = 0;
};

class Journal {
 public:
  static Result<Journal> open(const std::string& path, DiskGuard& disk, std::size_t records);

  // False: it could not be written (M075). Every record after that fails as well.
  bool start(const RunRecord& record, const RunSettings& settings);
  bool stage(RunStage stage);
  bool lease_intent(const std::string& type);
  bool leases_held(const std::vector<HeldLease>& held, double waited_s);
  bool lease_released(const HeldLease& lease, const std::string& error);
  bool credentials_intent();
  bool credentials_removed();
  bool step_intent(const StepRecord& step);
  bool step_running(const RunningStep& step);
  bool step_ended(const StepRecord& step);
  bool cause(const CauseRecord& cause);
  bool signal(const SignalSeen& seen);
  bool stop(const StopReport& stop, bool latched_fast);
  bool observer_started(const std::string& name, const RunningStep& process);
  bool resumed();
  bool ended(const RunRecord& record);

  bool works() const { return works_; }
  std::size_t records() const { return records_; }
  void set_chaos(Chaos chaos) { chaos_ = chaos; }

 private:
  Journal(UniqueFd fd, DiskGuard& disk, std::size_t records);
  bool write(const std::string& line, bool flush);

  UniqueFd fd_;
  DiskGuard* disk_;
  std::size_t records_ = 0;
  bool works_ = true;
  Chaos chaos_;
};

// Reads the whole journal. A torn last line is ignored; a missing or foreign file is an error.
Result<Replay> replay_journal(const std::string& path, const plan::Plan& plan);

}  // namespace stepreg::exec
