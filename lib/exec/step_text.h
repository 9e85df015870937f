// Texts and settings that steps and observers have in common.
#pragma once

#include <string>

#include "exec/context.h"
#include "exec/environment.h"
#include "exec/history.h"

namespace stepreg::exec {

// T065: which limit, its value and origin, the time used, the longest silence, the last output.
std::string timeout_text(Cause cause, const plan::Plan& plan, const plan::Step& step,
                         const StepRecord& record, const std::string& last_line);
// Everything but the directories and limits of one step.
StepSurroundings common_surroundings(const Context& context);
// What the machine's history and timeouts.json keep of a step.
DurationRecord duration_of(const RunRecord& record, const StepRecord& step);
// The directory of the job's artifacts: the test's name.
std::string published_test(const plan::Plan& plan);
// `path` relative to `directory`, which it must be below.
std::string path_below(const std::string& directory, const std::string& path);

}  // namespace stepreg::exec
