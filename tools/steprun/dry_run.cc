#include "steprun/dry_run.h"

#include <algorithm>

#include "base/text.h"
#include "exec/plan_check.h"
#include "exec/wording.h"

namespace stepreg::steprun {

namespace {

std::string limit_text(const plan::Limit& limit) {
  return (limit.seconds ? exec::short_seconds(*limit.seconds) : std::string("none")) + " (" +
         limit.rule + ")" + (limit.skip ? ", skip" : "");
}

std::string flags_of(const plan::Step& step, const plan::Job& job) {
  std::string out;
  const auto add = [&](bool set, const char* text) {
    if (set) out += std::string(", ") + text;
  };
  add(step.optional_on_success && job.allow_skip_on_success, "skipped when everything passed");
  add(step.best_effort && job.allow_best_effort_post_steps, "may fail");
  add(step.no_kubeconfig || step.readonly_shared_dir, "shared directory read-only");
  add(step.needs_pre, "only after `pre` has started");
  add(step.detach, "may leave background processes");
  return out;
}

void add_step(std::string& out, const exec::PreparedRun& run, const plan::Step& step,
              std::size_t n) {
  const auto& left_out = run.options.settings.not_selected;
  const bool selected = std::find(left_out.begin(), left_out.end(), step.name) == left_out.end();
  out += (selected ? "  " : "  - ") + std::to_string(n) + ". " + plan::phase_name(step.phase) +
         "/" + step.name + " (" + plan::kind_name(step.kind) + flags_of(step, run.plan.job) + ")" +
         (selected ? "" : " not selected") + "\n";
  out += "       limit " + limit_text(step.timeout) + "; grace " + limit_text(step.grace) +
         "; idle " + limit_text(step.idle) + "\n";
  for (const plan::EnvVar& variable : step.env) {
    out += "       " + variable.name + "=" + variable.value.value_or("");
    if (!variable.origin.source.empty()) out += "   # " + variable.origin.source;
    out += "\n";
  }
  for (const plan::Dependency& dependency : step.dependencies) {
    out += "       " + dependency.env + "=" + dependency.pull_spec.value_or(dependency.image) +
           "   # image " + dependency.image + "\n";
  }
}

}  // namespace

std::string dry_run_text(const exec::PreparedRun& run) {
  const plan::Job& job = run.plan.job;
  std::string out = "job " + job.id + "\n";
  out += "  job limit " + limit_text(job.timeout) + "; waiting for leases " +
         limit_text(job.lease_timeout) + "\n";
  for (plan::Phase phase : plan::kPhases) {
    const plan::Limit& limit = job.phase_timeout[static_cast<int>(phase)];
    if (limit.seconds) {
      out += std::string("  `") + plan::phase_name(phase) + "` limit " + limit_text(limit) + "\n";
    }
  }
  out +=
      "  cleanup takes at most " + exec::short_seconds(exec::worst_case_cleanup_s(run.plan)) + "\n";
  for (const plan::Lease& lease : run.plan.leases) {
    out += "  lease " + std::to_string(lease.count) + " x " + lease.resource_type + " as " +
           lease.env + "\n";
  }
  for (const plan::Observer& observer : run.plan.observers) {
    out += "  observer " + observer.name + "; limit " + limit_text(observer.timeout) + "\n";
  }
  out += "steps\n";
  for (std::size_t i = 0; i < run.plan.steps.size(); ++i) {
    add_step(out, run, run.plan.steps[i], i + 1);
  }
  for (const std::string& warning : run.warnings) out += "warning: " + warning + "\n";
  return out;
}

}  // namespace stepreg::steprun
