// Cleaning up after a worker that died. Internal; see run.h for the outside.
#pragma once

#include "exec/run.h"

namespace stepreg::exec {

// The caller holds the lock. `plan` has every script's text. Returns the exit code.
int clean_up(const RunDir& dir, const plan::Plan& plan, const ResumeOptions& options,
             Listener& listener);

// Ends every process that a run left on this machine (M091, 3). False: some cannot be killed.
bool end_processes_of(const std::string& run_id, const Replay& replay);

}  // namespace stepreg::exec
