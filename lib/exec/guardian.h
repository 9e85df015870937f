// The guardian: the parent that survives the death of the worker (execution.md M080). It does
// nothing but wait, and starts a new worker in cleanup mode when one died.
#pragma once

#include <functional>

namespace stepreg::exec {

inline constexpr int kRecoveries = 2;
inline constexpr int kInternalError = 70;
inline constexpr int kMayHaveLeaked = 3;

// From here on signals wait for the guardian: a run that exists is never left by a signal.
void hold_signals();

// Runs `worker` in a child and returns its exit code. When the child is killed, runs `recover` in a
// new one, at most kRecoveries times. Signals that people send to the guardian are handed on. A
// worker that died of a defect of its own, rather than of KILL, makes the result 70 in any case.
int guard(const std::function<int()>& worker, const std::function<int()>& recover);

}  // namespace stepreg::exec
