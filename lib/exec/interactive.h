// A person's shell in the environment of a step: before it starts, or after it failed. Limits stand
// still meanwhile. Only on a terminal; the program that starts the run checks that.
#pragma once

#include "exec/context.h"
#include "exec/step_runner.h"

namespace stepreg::exec {

void break_before(Context& context, const plan::Step& step, StepRunner& runner);
void shell_on_failure(Context& context, const plan::Step& step, StepRunner& runner);

}  // namespace stepreg::exec
