#include "exec/hooks.h"

#include <cstdlib>

#include "exec/context.h"

namespace stepreg::exec {

void run_hook(Context& context, const std::string& event, const std::string& text) {
  if (context.options.settings.on_event.empty()) return;
  const char* path = std::getenv("PATH");
  const char* home = std::getenv("HOME");
  TaskSpec spec;
  spec.start.argv = {"/bin/sh", "-c", context.options.settings.on_event};
  spec.start.env = {"PATH=" + std::string(path ? path : "/usr/bin:/bin"),
                    "HOME=" + std::string(home ? home : "/"),
                    "STEPRUN_EVENT=" + event,
                    "STEPRUN_EVENT_TEXT=" + context.censor.censored(text),
                    "STEPRUN_RUN_ID=" + context.record.id,
                    "STEPRUN_JOB=" + context.plan.job.id,
                    "STEPRUN_RUN_DIR=" + context.dir.path(),
                    "STEPRUN_HOOK=" + event};
  spec.marker = "STEPRUN_HOOK=" + event;
  spec.grace_s = 1;
  StartOutcome outcome = start_process(spec.start);
  if (!outcome.started) {
    context.warn("the command for events cannot be started: " + outcome.failure.text);
    return;
  }
  OutputLog log(context.dir.path() + "/on-event-" + event + ".log", 1U << 20, context.censor,
                context.disk);
  Task task(context.loop, context.family, log, std::move(spec), std::move(*outcome.started),
            std::nullopt);
  const TimePoint end = after(Clock::now(), kHookSeconds);
  while (!task.over()) {
    if (Clock::now() >= end) task.end(false);
    context.loop.turn(task.ending() ? kNever : end);
  }
  if (task.ending() || task.exit()->code != 0) {
    context.warn("the command for events " +
                 std::string(task.ending() ? "took too long" : "failed") + "; see " +
                 context.dir.path() + "/on-event-" + event + ".log");
  }
}

}  // namespace stepreg::exec
