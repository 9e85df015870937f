// `steprun run --dry-run`: what would happen, without touching anything.
#pragma once

#include <string>

#include "exec/run.h"

namespace stepreg::steprun {

// Steps in order with their limits, parameters and what selects or skips them; leases, job limits
// and the longest possible cleanup.
std::string dry_run_text(const exec::PreparedRun& run);

}  // namespace stepreg::steprun
