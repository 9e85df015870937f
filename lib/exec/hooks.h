// `--on-event`: a shell command that is told about a stop and about the end of a run, for mails and
// web hooks.
#pragma once

#include <string>

namespace stepreg::exec {

struct Context;

// Runs the command, if there is one, with STEPRUN_EVENT ("stop" or "end"), STEPRUN_EVENT_TEXT,
// STEPRUN_RUN_ID, STEPRUN_JOB and STEPRUN_RUN_DIR; waits at most kHookSeconds. Its failure is a
// warning.
inline constexpr double kHookSeconds = 10;
void run_hook(Context& context, const std::string& event, const std::string& text);

}  // namespace stepreg::exec
