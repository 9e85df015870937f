// Running a plan, and cleaning up after a run that died. The programs need nothing else of lib/exec
// to run something.
//
//   auto prepared = prepare_run(std::move(plan), plan_text, options);   // checks, touches nothing
//   auto created = begin_run(prepared);                                // run directory and lock
//   int code = execute(created, make_listener);                         // guardian and worker
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "exec/events.h"
#include "exec/options.h"
#include "exec/record.h"
#include "exec/run_dir.h"
#include "plan/json.h"
#include "plan/plan.h"

namespace stepreg::exec {

// A record of a run that has not begun: every step is there, nothing has happened.
RunRecord new_record(const plan::Plan& plan);

struct PreparedRun {
  plan::Plan plan;        // every script has its text
  std::string plan_text;  // as received
  RunOptions options;
  std::vector<plan::Problem> problems;  // the plan can be run only when there is none
  std::vector<std::string> warnings;
};
PreparedRun prepare_run(plan::Plan plan, std::string plan_text, RunOptions options);

struct CreatedRun {
  PreparedRun prepared;
  RunDir dir;
  RunLock lock;
};
// The run directory with plan, lock and disk reserve. Nothing is left behind on failure.
Result<CreatedRun> begin_run(PreparedRun prepared);

// Makes the listener of a run; called in the process that runs it.
using ListenerMaker = std::function<std::unique_ptr<Listener>(const RunDir& dir)>;

// Runs it under a guardian and returns the exit code (execution.md 2.9).
int execute(CreatedRun& run, const ListenerMaker& make_listener);

// Removes the run directory (`--keep`).
Result<void> discard_run(CreatedRun run);

// `resume --cleanup-only` (M091). Exit code 2 with an error when it cannot be done; 0 when there is
// nothing to do.
struct ResumeOptions {
  bool collect = false;
  std::string registry;  // for scripts that neither plan nor run directory has
};
struct Resumed {
  int exit_code = 0;
  bool was_complete = false;
};
Result<Resumed> resume_cleanup(const RunDir& dir, const ResumeOptions& options,
                               const ListenerMaker& make_listener);

// Runs of this machine that died (M094).
struct DiedRun {
  RunDir dir;
  std::string job;
  bool debt = false;
  std::vector<std::string> leases;  // "TYPE/NAME"
  std::string problem;              // why it cannot be read; empty: it can
};
Result<std::vector<DiedRun>> find_died_runs(const StateRoot& root);

}  // namespace stepreg::exec
