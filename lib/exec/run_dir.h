// Names and layout below the state root (execution.md 2.2). Everything that needs a path of a run
// asks here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/unique_fd.h"
#include "base/wall_time.h"
#include "exec/process_identity.h"
#include "plan/plan.h"

namespace stepreg::exec {

inline constexpr const char* kStateRootVariable = "STEPRUN_STATE";
inline constexpr const char* kRunDirVersion = "1";  // content of the file `version` of a run

// $STEPRUN_STATE, else $XDG_STATE_HOME/steprun, else $HOME/.local/state/steprun, else
// /var/tmp/steprun.
std::string default_state_root();

class StateRoot {
 public:
  explicit StateRoot(std::string path) : path_(std::move(path)) {}
  const std::string& path() const { return path_; }  // machine-wide stop files are in it
  std::string leases() const;
  std::string durations() const;  // history/durations.jsonl
  std::string runs() const;

 private:
  std::string path_;
};

class RunDir {
 public:
  explicit RunDir(std::string path) : path_(std::move(path)) {}
  const std::string& path() const { return path_; }
  std::string id() const;

  std::string plan() const;  // plan.json
  std::string lock() const;
  std::string version() const;
  std::string journal() const;  // journal.jsonl
  std::string status() const;
  std::string reserve() const;
  std::string shared() const;
  std::string leases() const;  // leases.json
  std::string steps() const;
  std::string artifacts() const;
  std::string junit_operator() const;
  std::string junit_steps() const;
  std::string passed_list() const;
  std::string failed_list() const;
  std::string skipped_list() const;
  std::string timeouts() const;  // timeouts.json
  std::string run_json() const;
  std::string marker() const;  // RUN_COMPLETE
  std::string credentials() const;
  std::string observers() const;
  // <run>/steps/<nnn>-<phase>-<step>, n counted from 1 over all steps of the plan.
  std::string step(unsigned n, plan::Phase phase, std::string_view name) const;
  std::string published(std::string_view test, std::string_view step) const;

 private:
  std::string path_;
};

// Names of the files of a step directory.
inline constexpr const char* kStepStatus = "status";
inline constexpr const char* kStepLog = "build-log.txt";
inline constexpr const char* kStepShared = "shared";
inline constexpr const char* kStepArtifacts = "artifacts";

// Safe as one component of a path, and different for different names: bytes other than letters,
// digits, `-`, `_`, `.` (not leading) become %XX.
std::string path_component(std::string_view name);

// "20260821-101500-7f3a": UTC and 16 random bits.
std::string new_run_id(WallTime now);
// A run by its id, a unique beginning of it, "last", or the path of its directory.
Result<RunDir> find_run(const StateRoot& root, const std::string& name);
// All of them, oldest first. A missing state root has none.
Result<std::vector<RunDir>> list_runs(const StateRoot& root);
// Refuses a directory that a newer version wrote.
Result<void> check_run_version(const RunDir& run);

// The exclusive lock of a run directory: an open file description lock (fcntl, F_OFD_SETLK), so a
// forked guardian and worker share it and it ends with the last of them.
class RunLock {
 public:
  // Code::busy when somebody else holds it. Writes the identity of the caller into the file.
  static Result<RunLock> take(const RunDir& run);
  // Rewrites the identity, after a fork.
  Result<void> sign() const;

 private:
  explicit RunLock(UniqueFd fd) : fd_(std::move(fd)) {}
  UniqueFd fd_;
};

struct NewRun {
  RunDir dir;
  RunLock lock;
};
// Creates <runs>/<id> with a new id and the file `version`. It appears with its lock taken, so that
// nobody ever takes it for a dead run.
Result<NewRun> create_run(const StateRoot& root);

// Where a run is, as seen from outside (M090).
enum class RunLife {
  active,    // the lock is held
  complete,  // the marker exists
  died,      // the lock is free, and there is no marker
};
const char* run_life_name(RunLife life);
// Without disturbing the owner: the lock is asked for, not taken.
RunLife probe_run(const RunDir& run);
// Who signed the lock file last.
std::optional<ProcessIdentity> lock_owner(const RunDir& run);

}  // namespace stepreg::exec
