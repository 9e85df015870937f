// The stages of a run (execution.md 2.3), each a function over the context. run.cc calls them in
// order; nothing here decides what comes next.
#pragma once

#include "exec/context.h"
#include "exec/observers.h"

namespace stepreg::exec {

// CREATED: stop files of earlier times, static checks, directories and command files of all steps.
// Afterwards ctx.blocked says whether anything may be acquired.
void check_at_start(Context& context);

// LEASING. Leases that were obtained before a failure are given back at once: rolling back is no
// debt (M020).
void acquire_leases(Context& context);
// Adds to what is held, to the record and to leases.json.
void note_held(Context& context, const std::vector<HeldLease>& held, double waited_s);
void write_held(Context& context);  // leases.json: what is held now, in order of acquisition
// Starts the heartbeat of what is held; the context learns of a lost lease.
void keep_leases(Context& context);

// Why the run cannot have its credentials: blocks it, as a failure or as a skip (M012, M043).
void block_for_missing(Context& context, const MissingCredential& missing);

// SETUP: credentials and profile, shared directory, observers (M010, stages 3 to 6).
void set_up(Context& context, Observers& observers);

// PRE and TEST with their boundaries.
void run_phases(Context& context, Observers& observers);

// Ends background processes of steps that may detach (M033).
void end_detached(Context& context);

// POST: which steps apply, and running them (M022, M023, T044).
void run_post(Context& context, Observers& observers, bool collect);

// RELEASE: observers, background processes, credentials, leases in reverse.
void release(Context& context, Observers& observers);

// RESULTS and COMPLETE: decides the result, writes all files, and the marker last.
void finish(Context& context);
// run.json with `complete: false`, and the files that are kept current (M083).
void write_preliminary(Context& context);

}  // namespace stepreg::exec
