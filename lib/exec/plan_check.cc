#include "exec/plan_check.h"

#include <algorithm>
#include <set>

#include "base/fs.h"
#include "base/sha256.h"
#include "base/text.h"
#include "exec/environment.h"
#include "exec/lease_pool.h"
#include "exec/script_command.h"
#include "exec/wording.h"

namespace stepreg::exec {

namespace {

using plan::Phase;
using plan::Plan;
using plan::Problem;
using plan::Step;

bool longer(const plan::Limit& limit, const plan::Limit& job) {
  return limit.seconds && job.seconds && *limit.seconds > *job.seconds;
}

class Checker {
 public:
  explicit Checker(const Plan& plan) : plan_(plan) {}

  std::vector<Problem> run() {
    if (plan_.partial) {
      add("/partial", "a partial plan cannot be run" +
                          (plan_.problems.empty() ? "" : ": " + plan_.problems.front()));
    }
    for (std::size_t i = 0; i < plan_.steps.size(); ++i) {
      check_step(plan_.steps[i], "/steps/" + std::to_string(i));
    }
    for (std::size_t i = 0; i < plan_.observers.size(); ++i) {
      check_env(plan_.observers[i].env, "/observers/" + std::to_string(i));
    }
    check_phases();
    check_leases();
    return std::move(problems_);
  }

 private:
  void add(std::string where, std::string text) {
    problems_.push_back({std::move(where), std::move(text)});
  }

  void check_step(const Step& step, const std::string& where) {
    const bool post = step.phase == Phase::post;
    if (step.optional_on_success && !post) {
      add(where + "/optional_on_success", "has a meaning in `post` only");
    }
    if (step.best_effort && !post) add(where + "/best_effort", "has a meaning in `post` only");
    if (step.optional_on_success && post && step.kind == plan::Kind::cleanup) {
      add(where + "/optional_on_success",
          "a cleanup step must not be skipped on success: something would be left behind");
    }
    check_limit(step.timeout, where + "/timeout", step.phase);
    check_limit(step.idle, where + "/idle", step.phase);
    check_env(step.env, where);
    check_mounts(step, where);
  }

  void check_limit(const plan::Limit& limit, const std::string& where, Phase phase) {
    if (limit.skip && phase != Phase::test) {
      add(where + "/skip", "`skip` is allowed in `test` only");
    }
    if (phase != Phase::post && limit.rule != "default" && longer(limit, plan_.job.timeout)) {
      add(where, "limit of " + short_seconds(*limit.seconds) + " (" + limit.rule +
                     ") is longer than the job's " + short_seconds(*plan_.job.timeout.seconds));
    }
  }

  void check_env(const std::vector<plan::EnvVar>& env, const std::string& where) {
    for (std::size_t i = 0; i < env.size(); ++i) {
      const std::string here = where + "/env/" + std::to_string(i);
      if (is_reserved_variable(env[i].name)) {
        add(here, in_quotes(env[i].name) + " is set by the executor; rename the parameter");
      }
      if (!env[i].value) add(here, "parameter " + in_quotes(env[i].name) + " has no value");
      check_text(env[i].name + env[i].value.value_or(""), here);
    }
  }

  void check_text(const std::string& text, const std::string& where) {
    if (text.find('\0') != std::string::npos) add(where, "contains a NUL byte");
  }

  void check_mounts(const Step& step, const std::string& where) {
    for (std::size_t i = 0; i < step.credentials.size(); ++i) {
      const std::string& path = step.credentials[i].mount_path;
      const std::string here = where + "/credentials/" + std::to_string(i) + "/mount_path";
      if (!path.starts_with('/')) add(here, "must be absolute");
      for (std::size_t k = 0; k < i; ++k) {
        const std::string& other = step.credentials[k].mount_path;
        if (path == other || path.starts_with(other + "/") || other.starts_with(path + "/")) {
          add(here, in_quotes(path) + " is equal to or nested with " + in_quotes(other));
        }
      }
    }
  }

  void check_phases() {
    for (Phase phase : {Phase::pre, Phase::test}) {
      const plan::Limit& limit = plan_.job.phase_timeout[static_cast<int>(phase)];
      if (longer(limit, plan_.job.timeout)) {
        add(std::string("/job/phase_timeout/") + plan::phase_name(phase),
            "limit of " + short_seconds(*limit.seconds) + " is longer than the job's " +
                short_seconds(*plan_.job.timeout.seconds));
      }
    }
  }

  void check_leases() {
    std::set<std::string> seen;
    for (std::size_t i = 0; i < plan_.leases.size(); ++i) {
      const plan::Lease& lease = plan_.leases[i];
      const std::string where = "/leases/" + std::to_string(i);
      if (lease.resource_type.empty()) add(where, "lease without a resource type");
      if (lease.env != "LEASED_RESOURCE" && is_reserved_variable(lease.env)) {
        add(where + "/env", in_quotes(lease.env) + " is set by the executor");
      }
      if (!seen.insert(lease.env).second) {
        add(where + "/env", "two leases use the variable " + in_quotes(lease.env));
      }
      if (lease.count == 0) add(where + "/count", "must be at least 1");
    }
  }

  const Plan& plan_;
  std::vector<Problem> problems_;
};

void load_script(plan::Script& script, const std::string& where, const std::string& registry,
                 std::vector<Problem>& problems) {
  if (!script.text) {
    if (registry.empty()) {
      problems.push_back({where, "the plan does not contain " + in_quotes(script.path) +
                                     "; give its directory with --registry, or make the plan "
                                     "with --bundle"});
      return;
    }
    auto text = read_file(join_path(registry, script.path), kMaxScriptBytes);
    if (!text) {
      problems.push_back({where + "/path", text.error().text});
      return;
    }
    script.text = std::move(*text);
  }
  if (!script.sha256.empty() && sha256_hex(*script.text) != script.sha256) {
    problems.push_back(
        {where + "/sha256", "script " + in_quotes(script.path) +
                                " is not the one that the plan was made for: its digest differs"});
  }
  if (script.text->find('\0') != std::string::npos) {
    problems.push_back({where, "script contains a NUL byte"});
  }
}

}  // namespace

std::vector<Problem> check_plan(const Plan& plan) {
  return Checker(plan).run();
}

std::vector<std::string> plan_warnings(const Plan& plan) {
  std::vector<std::string> out;
  if (!plan.job.timeout.seconds) out.push_back("the job has no time limit");
  double reserve = 0;
  for (const Step& step : plan.steps) {
    const std::string name = "step " + in_quotes(step.name) + ": ";
    const bool post = step.phase == Phase::post;
    if (!post && step.timeout.rule == "default" && longer(step.timeout, plan.job.timeout)) {
      out.push_back(name + "the default limit is longer than the job's, which will strike first");
    }
    if (step.idle.seconds && step.timeout.seconds && *step.idle.seconds >= *step.timeout.seconds) {
      out.push_back(name + "the idle limit is not shorter than the step's limit");
    }
    if (step.grace.seconds && step.grace.rule != "default" && *step.grace.seconds < 1) {
      out.push_back(name + "a grace period under a second; was a unit forgotten?");
    }
    if (post && step.kind == plan::Kind::cleanup) {
      reserve += std::min(step.timeout.seconds.value_or(plan.job.cleanup_reserve_seconds),
                          plan.job.cleanup_reserve_seconds);
    }
  }
  const plan::Limit& total = plan.job.phase_timeout[static_cast<int>(Phase::post)];
  if (total.seconds && *total.seconds < reserve) {
    out.push_back("the limit of `post` (" + short_seconds(*total.seconds) +
                  ") is less than what its cleanup steps reserve (" + short_seconds(reserve) +
                  "): collection steps will not run");
  }
  return out;
}

std::vector<Problem> load_scripts(Plan& plan, const std::string& registry) {
  std::vector<Problem> problems;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    load_script(plan.steps[i].script, "/steps/" + std::to_string(i) + "/script", registry,
                problems);
  }
  for (std::size_t i = 0; i < plan.observers.size(); ++i) {
    load_script(plan.observers[i].script, "/observers/" + std::to_string(i) + "/script", registry,
                problems);
  }
  return problems;
}

Result<std::vector<std::string>> deselected_steps(const Plan& plan, const Selection& selection) {
  const auto matches = [](const std::vector<std::string>& patterns, const std::string& name) {
    return std::any_of(patterns.begin(), patterns.end(),
                       [&](const std::string& pattern) { return glob_match(pattern, name); });
  };
  std::vector<std::string> patterns = selection.only;
  patterns.insert(patterns.end(), selection.skip.begin(), selection.skip.end());
  for (const std::string& end : {selection.from, selection.until}) {
    if (!end.empty()) patterns.push_back(end);
  }
  for (const std::string& pattern : patterns) {
    const bool known = std::any_of(plan.steps.begin(), plan.steps.end(), [&](const Step& step) {
      return glob_match(pattern, step.name);
    });
    if (!known) {
      return Error{Error::Code::invalid, "no step is named " + in_quotes(pattern)};
    }
  }
  std::vector<std::string> out;
  bool inside = selection.from.empty();
  for (const Step& step : plan.steps) {
    if (step.name == selection.from) inside = true;
    const bool cleanup = step.phase == Phase::post && step.kind == plan::Kind::cleanup;
    const bool collection = step.phase == Phase::post && !cleanup;
    const bool wanted =
        (inside || collection) && (selection.only.empty() || matches(selection.only, step.name));
    if (matches(selection.skip, step.name) || (!wanted && !cleanup)) out.push_back(step.name);
    if (step.name == selection.until) inside = false;
  }
  return out;
}

double worst_case_cleanup_s(const Plan& plan) {
  double release = 0;
  for (double seconds : RunSettings{}.release_retry_s) release += seconds;
  release *= static_cast<double>(plan.leases.size());
  double limits = 0;
  double reserve = 0;
  double grace = 0;
  for (const Step& step : plan.steps) {
    if (step.phase != Phase::post) continue;
    const double step_grace = step.grace.seconds.value_or(0);
    limits += step.timeout.seconds.value_or(plan::kDefaultStepSeconds) + step_grace * 1.25;
    grace = std::max(grace, step_grace);
    if (step.kind == plan::Kind::cleanup) {
      reserve += std::min(step.timeout.seconds.value_or(plan.job.cleanup_reserve_seconds),
                          plan.job.cleanup_reserve_seconds);
    }
  }
  const plan::Limit& total = plan.job.phase_timeout[static_cast<int>(Phase::post)];
  return (total.seconds ? *total.seconds + reserve + grace : limits) + release;
}

}  // namespace stepreg::exec
