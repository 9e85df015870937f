#include "render/plan_text.h"

#include <cmath>

#include "base/duration.h"
#include "base/text.h"
#include "render/table.h"

namespace stepreg::render {

namespace {

std::string place_text(const plan::Origin& origin) {
  if (origin.file.empty()) return origin.source;
  return origin.source + " (" + origin.file + ":" + std::to_string(origin.line) + ")";
}

std::string flags_of(const plan::Step& step, const plan::Job& job) {
  std::vector<std::string> flags;
  if (step.phase == plan::Phase::post) flags.push_back(plan::kind_name(step.kind));
  if (step.best_effort) {
    flags.push_back(job.allow_best_effort_post_steps ? "best effort" : "best effort (not allowed)");
  }
  if (step.optional_on_success) {
    flags.push_back(job.allow_skip_on_success ? "skipped on success"
                                              : "skipped on success (not allowed)");
  }
  if (step.timeout.skip) flags.push_back("tolerated when timed out");
  if (step.no_kubeconfig) flags.push_back("no kubeconfig");
  if (step.readonly_shared_dir) flags.push_back("read-only shared directory");
  return join(flags, ", ");
}

// The components around the step, without the workflow and itself.
std::string way_of(const plan::Step& step) {
  std::vector<std::string> way;
  for (const std::string& component : step.path) {
    if (!component.starts_with("workflow/") && !component.starts_with("ref/"))
      way.push_back(component);
  }
  if (step.path.empty() || !step.path.back().starts_with("ref/")) way.push_back("written in place");
  return join(way, " > ");
}

std::string image_text(const plan::Image& image) {
  return image.from_image.empty() ? image.from : image.from_image;
}

std::string head(const plan::Plan& plan) {
  const plan::Job& job = plan.job;
  Table table;
  const auto fact = [&](const char* name, const std::string& value) {
    if (!value.empty()) table.row({name, value});
  };
  fact("workflow", job.workflow);
  if (job.cluster_profile) fact("cluster profile", job.cluster_profile->name);
  for (const plan::Lease& lease : plan.leases) {
    fact("lease", lease.env + " = " + std::to_string(lease.count) + " x " + lease.resource_type +
                      "  [" + lease.origin.source + "]");
  }
  for (const plan::Observer& observer : plan.observers) fact("observer", observer.name);
  fact("job limit", limit_text(job.timeout));
  if (plan.partial) fact("partial", "this plan cannot be run");
  for (const std::string& problem : plan.problems) fact("problem", problem);
  return with_escapes(job.id) + "\n" + table.text("  ");
}

std::string values_of(const plan::Step& step) {
  Table table;
  for (const plan::EnvVar& variable : step.env) {
    std::string who = place_text(variable.origin);
    for (const plan::Overridden& loser : variable.overridden) {
      who += ", hides " + (loser.value ? in_quotes(*loser.value) : "no value") + " of " +
             loser.origin.source;
    }
    table.row({variable.name, variable.value ? "= " + in_quotes(*variable.value) : "(open)", who});
  }
  for (const plan::Dependency& dependency : step.dependencies) {
    table.row({dependency.env,
               "= image " + in_quotes(dependency.pull_spec.value_or(dependency.image)),
               place_text(dependency.origin)});
  }
  return table.text("        ");
}

}  // namespace

std::string limit_text(const plan::Limit& limit) {
  if (!limit.seconds) return "none";
  return short_duration(Nanoseconds(std::llround(*limit.seconds * 1e9)));
}

std::string plan_text(const plan::Plan& plan, bool wide) {
  Table table;
  table.row({"PHASE", "STEP", "FROM", "IMAGE", "LIMIT", "GRACE", "NOTES"});
  std::vector<std::string> values;
  for (const plan::Step& step : plan.steps) {
    table.row({plan::phase_name(step.phase), step.name, way_of(step), image_text(step.image),
               limit_text(step.timeout), limit_text(step.grace), flags_of(step, plan.job)});
    values.push_back(wide ? values_of(step) : "");
  }
  std::string out = head(plan) + "\n";
  const std::vector<std::string> rows = table.lines("  ");
  out += rows.front();
  for (std::size_t i = 0; i < values.size(); ++i) out += rows[i + 1] + values[i];
  for (const plan::Dropped& step : plan.dropped) {
    out += "  dropped by the test: post step " + in_quotes(step.name) + "\n";
  }
  return out;
}

}  // namespace stepreg::render
