// Removing the directories of old runs.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "exec/run_dir.h"

namespace stepreg::exec {

// Why that run has to stay; nothing when it may go. Only finished runs with a good cleanup verdict
// go without `force`; a run whose executor is alive never does.
std::optional<std::string> why_keep(const RunDir& run, bool force);

// Takes the lock, takes the run out of the list, then removes it with the copies of its
// credentials.
Result<void> remove_run(const RunDir& run);

// What an interrupted removal left.
void remove_leftovers(const StateRoot& root);

}  // namespace stepreg::exec
