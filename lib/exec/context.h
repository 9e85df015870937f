// Everything that the parts of one run share: the plan, the record, and the means. Internal to
// lib/exec; made by run.cc.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/fs.h"

#include "exec/credentials.h"
#include "exec/disk_guard.h"
#include "exec/events.h"
#include "exec/family.h"
#include "exec/journal.h"
#include "exec/lease_pool.h"
#include "exec/loop.h"
#include "exec/options.h"
#include "exec/record.h"
#include "exec/run_dir.h"
#include "exec/shared_dir.h"
#include "exec/status_file.h"
#include "exec/stop_file.h"
#include "exec/task.h"
#include "plan/plan.h"

namespace stepreg::exec {

// Why no further `pre` or `test` step starts.
struct Block {
  Cause cause = Cause::none;
  std::string text;
  // Hard: for the rest of the run. Otherwise a failure of the phase, which in `test` reads as "pre
  // incomplete", and a stop file comes first as the reason.
  bool hard = false;
};

struct Context {
  Context(const plan::Plan& plan, RunOptions options, RunDir dir, Listener& listener);

  // All of these tell everybody who must know: journal, status file, record, listener.
  void enter(RunStage stage);
  void add_cause(Cause kind, const std::string& phase, const std::string& step,
                 const std::string& text);
  void warn(const std::string& text);
  void info(const std::string& text);
  void tell(Event event);
  void block(Cause cause, std::string text, bool hard);
  // Looks for stop files, reports changes, and returns what was found (M044).
  StopLook look_for_stops();
  // Writes a report, giving up the disk reserve if necessary. False: it could not be written.
  bool write_report(const std::string& path, const std::string& content, Flush flush);

  bool aborted() const { return loop.interruptions() > 0; }
  // Is there a reason to end a `pre` or `test` step, or a wait, now? none: no.
  Cause abort_cause() const;

  const plan::Plan& plan;
  RunOptions options;
  StateRoot root;
  RunDir dir;
  Listener& listener;
  DiskGuard disk;
  StatusFile status;
  std::optional<Journal> journal;  // always there once the run was created
  RunRecord record;
  Loop loop;
  Family family;
  StopFiles stops;
  Censor censor;
  Credentials credentials;
  std::optional<SharedDir> shared;
  std::vector<HeldLease> held;
  std::size_t steps_started = 0;
  bool lease_lost = false;
  bool lost_reports = false;
  bool memory_unlimited = false;  // that memory limits have no effect here was said
  std::optional<Block> blocked;
  TimePoint created_at = Clock::now();
  TimePoint job_end = kNever;
  TimePoint phase_end = kNever;
  TimePoint next_report{};                      // see after_step()
  std::vector<std::unique_ptr<Task>> detached;  // M033
  std::vector<std::unique_ptr<OutputLog>> detached_logs;
  const Progress* progress = nullptr;  // of the running step

 private:
  void note_signals();
};

}  // namespace stepreg::exec
