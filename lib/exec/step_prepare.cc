// The first part of StepRunner: what a step needs before its program is started.
#include <utility>

#include "base/fs.h"
#include "base/quantity.h"
#include "base/text.h"
#include "exec/script_command.h"
#include "exec/step_runner.h"
#include "exec/step_text.h"

namespace stepreg::exec {

bool StepRunner::prepare() {
  preparation_error_.clear();
  shared_copy_ = directory_ + "/" + kStepShared;
  const Result<void> copied = ctx_.disk.retry([&] { return ctx_.shared->copy_to(shared_copy_); });
  if (copied) return true;
  if (step_.phase != plan::Phase::post) {
    preparation_error_ = copied.error().text;
    return false;
  }
  // Cleanup must not fail for want of a copy: it reads the committed files where they are.
  ctx_.warn("step " + in_quotes(step_.name) + ": " + copied.error().text +
            "; it gets the shared directory itself");
  shared_copy_ = ctx_.shared->current_path();
  return true;
}

StepSurroundings StepRunner::surroundings(const Bound& bound) const {
  StepSurroundings out = common_surroundings(ctx_);
  out.shared_dir = shared_copy_;
  out.artifact_dir = directory_ + "/" + kStepArtifacts;
  out.home = directory_ + "/home";
  out.kubeconfig = directory_ + "/kubeconfig";
  out.status_file = status_.path();
  out.credentials = ctx_.credentials.variables(step_);
  if (!step_.timeout_file.empty()) out.timeout_file = join_path(directory_, step_.timeout_file);
  out.attempt = record_.attempts;
  if (bound.end != kNever) {
    out.effective_s = seconds_between(Clock::now(), bound.end);
    out.deadline_epoch_s = epoch_seconds(wall_now()) + *out.effective_s;
  }
  out.grace_s = step_.grace.seconds;
  return out;
}

StartSpec StepRunner::start_spec(const Bound& bound) {
  environment_ = step_environment(ctx_.plan, step_, surroundings(bound));
  StartSpec spec;
  spec.argv = script_command(step_.script, directory_);
  spec.env = environment_;
  spec.workdir = step_.workdir.empty() ? ctx_.options.settings.workdir
                                       : join_path(ctx_.options.settings.workdir, step_.workdir);
  return spec;
}

std::vector<std::string> StepRunner::shell_environment() {
  if (environment_.empty() && prepare()) {
    environment_ = step_environment(ctx_.plan, step_, surroundings({}));
  }
  return environment_;
}

// Hands files that the step writes on while it runs (V045).
int StepRunner::watch_kubeconfig(KubeconfigWatch& watch, std::vector<std::string>& warnings) {
  if (step_.no_kubeconfig) return 0;
  watch.poll(warnings);
  auto next = std::make_shared<TimePoint>(Clock::now() + std::chrono::seconds(1));
  return ctx_.loop.add_ticker([&watch, &warnings, next](TimePoint now) {
    if (watch.finished()) return kNever;
    if (now < *next) return *next;
    watch.poll(warnings);
    return *next = now + std::chrono::seconds(1);
  });
}

std::optional<std::uint64_t> StepRunner::memory_limit() const {
  for (const auto& [name, text] : step_.resources.limits) {
    if (name != "memory") continue;
    const auto quantity = parse_quantity(text);
    if (quantity && quantity->units() > 0) return quantity->units();
  }
  return std::nullopt;
}

void StepRunner::warn_of_memory() {
  if (std::exchange(ctx_.memory_unlimited, true)) return;
  ctx_.warn("memory limits of steps have no effect: no control group for memory can be made here");
}

TaskSpec StepRunner::task_spec(StartSpec start) const {
  const RunSettings& settings = ctx_.options.settings;
  TaskSpec spec;
  spec.start = std::move(start);
  if (step_.detach) spec.marker = "STEPRUN_STEP=" + step_.name;
  spec.grace_s = step_.grace.seconds;
  spec.prow = settings.prow;
  spec.detach = step_.detach;
  spec.drain_s = settings.drain_s;
  spec.unkillable_s = settings.unkillable_s;
  return spec;
}

}  // namespace stepreg::exec
