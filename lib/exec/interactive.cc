#include "exec/interactive.h"

#include <algorithm>
#include <cstdlib>

#include "base/text.h"

namespace stepreg::exec {

namespace {

void open_shell(Context& context, StepRunner& runner, const std::string& why) {
  if (context.aborted()) return;
  context.info(why + "; `exit` goes on, limits stand still until then");
  const TimePoint before = Clock::now();
  StartSpec spec;
  spec.argv = {"/bin/bash", "--norc", "-i"};
  spec.env = runner.shell_environment();
  std::erase_if(spec.env, [](const std::string& entry) { return entry.starts_with("TERM="); });
  const char* term = std::getenv("TERM");
  spec.env.push_back(std::string("TERM=") + (term ? term : "dumb"));
  spec.env.push_back("PS1=steprun> ");
  spec.workdir = runner.directory();
  spec.terminal = true;
  StartOutcome outcome = start_process(spec);
  if (!outcome.started) return context.warn("no shell: " + outcome.failure.text);
  const pid_t pid = outcome.started->pid;
  bool ended = false;
  context.family.add(pid, "");
  context.loop.watch(outcome.started->pidfd.get(), [&] { ended = true; });
  while (!ended) context.loop.turn(kNever);
  context.loop.unwatch(outcome.started->pidfd.get());
  reap(pid);
  context.family.reaped(pid);
  const auto paused = Clock::now() - before;
  if (context.job_end != kNever) context.job_end += paused;
  if (context.phase_end != kNever) context.phase_end += paused;
}

}  // namespace

void break_before(Context& context, const plan::Step& step, StepRunner& runner) {
  const auto& patterns = context.options.break_before;
  const bool wanted = std::any_of(patterns.begin(), patterns.end(),
                                  [&](const std::string& p) { return glob_match(p, step.name); });
  if (wanted) open_shell(context, runner, "before step " + in_quotes(step.name));
}

void shell_on_failure(Context& context, const plan::Step& step, StepRunner& runner) {
  if (!context.options.shell_on_failure) return;
  open_shell(context, runner, "step " + in_quotes(step.name) + " failed");
}

}  // namespace stepreg::exec
