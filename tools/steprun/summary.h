// The end of a run in a few lines.
#pragma once

#include <string>

#include "exec/record.h"
#include "exec/run_dir.h"

namespace stepreg::steprun {

// Result, counts, the first cause, the last lines of the step that failed, and where its log is.
struct SummaryOptions {
  bool colour = false;
  bool kept = true;  // the run directory stays
};
std::string summary_of(const exec::RunRecord& record, const exec::RunDir& dir,
                       const SummaryOptions& options);

}  // namespace stepreg::steprun
