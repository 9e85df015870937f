// The result files of a run (execution.md section 6).
#pragma once

#include <string>

#include "exec/censor.h"
#include "exec/context.h"
#include "exec/record.h"

namespace stepreg::exec {

// junit_operator.xml in exactly ci-operator's form: steps and phases that ran, sorted by name.
std::string junit_operator(const RunRecord& record, const Censor& censor);
// junit_steps.xml: every step of the plan once, one suite per phase, observers and leases.
std::string junit_steps(const RunRecord& record, const Censor& censor);

// A line "PHASE/STEP" of the list for this status; "" when it is in none.
std::string list_line(const StepRecord& step);

// After each step: the lists, and, not more than once a second, the files that a crash should
// leave complete (M083).
void after_step(Context& context, const StepRecord& record);

}  // namespace stepreg::exec
