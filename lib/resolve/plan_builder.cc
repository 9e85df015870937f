#include "resolve/plan_builder.h"

#include <algorithm>

#include "base/sha256.h"
#include "base/stage.h"
#include "base/text.h"
#include "resolve/expand.h"
#include "resolve/limits.h"

namespace stepreg::resolve {

namespace {

std::string text_of(const Text& text) {
  return std::string(*text);
}

std::vector<std::pair<std::string, std::string>> sorted_pairs(const TextMap& map) {
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const Entry<Text>& entry : map) pairs.emplace_back(*entry.key, *entry.value);
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

plan::Resources resources_of(const Located<Resources>& resources) {
  return {sorted_pairs(resources->requests), sorted_pairs(resources->limits)};
}

plan::Image image_of(const Text& from, const Located<ImageStreamTag>& from_image) {
  if (!from_image.present()) return {text_of(from), ""};
  return {"", text_of(from_image->ns) + "/" + text_of(from_image->name) + ":" +
                  text_of(from_image->tag)};
}

std::vector<std::string> texts_of(const TextList& list) {
  std::vector<std::string> texts;
  for (const Text& text : list) texts.emplace_back(*text);
  return texts;
}

plan::Script script_of(const ScriptFile* file, const Text& commands, bool run_as_script,
                       bool bundle) {
  plan::Script script;
  script.run_as_script = run_as_script;
  if (file == nullptr) {
    script.text = text_of(commands);
    script.sha256 = sha256_hex(*commands);
    return script;
  }
  script.path = file->path;
  script.sha256 = file->sha256();
  if (bundle) script.text = std::string(file->source->text());
  return script;
}

class Builder {
 public:
  Builder(const ResolvedTest& test, const std::string& id, const PlanInput& input)
      : test_(test), input_(input), limits_(limit_sources(test, id, input.run)) {}

  plan::Step step(const ResolvedStep& resolved) const;
  plan::Observer observer(const ResolvedObserver& resolved) const;
  plan::Job job(std::string id) const;
  plan::Machine machine() const;
  plan::Lease lease(const ResolvedLease& resolved) const {
    return {std::string(resolved.resource_type), std::string(resolved.env), resolved.count,
            input_.origins.of(resolved.source)};
  }
  void add_dropped(const ObjectList<StepEntry>& entries, std::vector<std::string> path,
                   std::vector<plan::Dropped>& dropped) const;

 private:
  std::vector<plan::Overridden> overridden(const std::vector<Setting>& settings) const;
  plan::EnvVar variable(const Resolved& resolved) const;
  plan::Dependency dependency(const Resolved& resolved) const;
  void set_extensions(const Step& from, plan::Step& step) const;

  const ResolvedTest& test_;
  const PlanInput& input_;
  LimitSources limits_;
};

std::vector<plan::Overridden> Builder::overridden(const std::vector<Setting>& settings) const {
  std::vector<plan::Overridden> losers;
  for (const Setting& setting : settings) {
    plan::Overridden& loser = losers.emplace_back();
    if (setting.value) loser.value = std::string(*setting.value);
    loser.origin = input_.origins.of(setting.source);
  }
  return losers;
}

plan::EnvVar Builder::variable(const Resolved& resolved) const {
  plan::EnvVar variable;
  variable.name = text_of(resolved.name);
  if (resolved.effective.value) variable.value = std::string(*resolved.effective.value);
  variable.origin = input_.origins.of(resolved.effective.source);
  variable.overridden = overridden(resolved.overridden);
  return variable;
}

plan::Dependency Builder::dependency(const Resolved& resolved) const {
  plan::Dependency dependency;
  dependency.env = text_of(resolved.name);
  if (resolved.effective.value) dependency.image = std::string(*resolved.effective.value);
  dependency.origin = input_.origins.of(resolved.effective.source);
  dependency.overridden = overridden(resolved.overridden);
  // Overrides of the pull spec match in any letter case (registry.md 5.7); the command line comes
  // last.
  for (const Merged::Value& value : test_.merged.dependency_overrides) {
    if (equal_ignoring_case(*value.entry->key, dependency.env)) {
      dependency.pull_spec = text_of(value.entry->value);
    }
  }
  if (input_.command_line != nullptr) {
    for (const auto& [name, pull_spec] : input_.command_line->dependencies) {
      if (equal_ignoring_case(name, dependency.env)) dependency.pull_spec = pull_spec;
    }
  }
  return dependency;
}

void Builder::set_extensions(const Step& from, plan::Step& step) const {
  step.readonly_shared_dir = is_true(from.readonly_shared_dir);
  step.resets = resets_system(from, input_.run);
  step.needs_pre = *from.needs == "pre";
  step.detach = is_true(from.detach);
  step.retries = static_cast<unsigned>(std::min<std::int64_t>(*from.retries, 100));
  step.workdir = text_of(from.workdir);
  step.timeout_file = text_of(from.timeout_file);
}

plan::Step Builder::step(const ResolvedStep& resolved) const {
  const Step& from = *resolved.step;
  plan::Step step;
  step.phase = resolved.phase;
  step.name = text_of(from.as);
  step.path = test_.way(resolved.path);
  if (resolved.component != nullptr) step.path.push_back("ref/" + resolved.component->name);
  step.kind = kind_of_step(test_, resolved);
  step.origin =
      resolved.component
          ? input_.origins.of("ref/" + resolved.component->name, from.as.place)
          : input_.origins.of(step.path.empty() ? "test" : step.path.back(), resolved.entry);
  step.script = script_of(resolved.component ? resolved.component->script : nullptr, from.commands,
                          is_true(from.run_as_script), input_.bundle);
  step.image = image_of(from.from, from.from_image);
  for (const Resolved& each : resolved.env) step.env.push_back(variable(each));
  for (const Resolved& each : resolved.dependencies) step.dependencies.push_back(dependency(each));
  for (const Located<LeaseRequest>& each : from.leases) {
    step.leases.push_back({text_of(each->resource_type), text_of(each->env),
                           *each->count == 0 ? 1 : static_cast<std::uint64_t>(*each->count),
                           input_.origins.of("ref/" + step.name, each.place)});
  }
  for (const Located<Credential>& each : from.credentials) {
    step.credentials.push_back({text_of(each->mount_path), text_of(each->ns), text_of(each->name),
                                text_of(each->collection), text_of(each->group),
                                text_of(each->field), text_of(each->as), text_of(each->bundle),
                                *each->on_missing == "skip"});
  }
  step.observers = texts_of(from.observers);
  step.resources = resources_of(from.resources);
  if (resolved.dns != nullptr) {
    step.dns =
        plan::DnsConfig{texts_of(resolved.dns->nameservers), texts_of(resolved.dns->searches)};
  }
  step.cli = text_of(from.cli);
  step.node_architecture = std::string(resolved.node_architecture);
  step.optional_on_success = is_true(from.optional_on_success);
  step.best_effort = is_true(from.best_effort);
  step.no_kubeconfig = is_true(from.no_kubeconfig);
  step.nested_podman = is_true(from.nested_podman);
  set_extensions(from, step);
  StepLimits limits = limits_of_step(limits_, input_.origins, resolved.phase, from);
  step.timeout = std::move(limits.timeout);
  step.grace = std::move(limits.grace);
  step.idle = std::move(limits.idle);
  return step;
}

plan::Observer Builder::observer(const ResolvedObserver& resolved) const {
  const Observer& from = resolved.component->definition.observer;
  plan::Observer observer;
  observer.name = text_of(from.name);
  observer.origin = input_.origins.of("observer/" + resolved.component->name, from.name.place);
  observer.script = script_of(resolved.component->script, from.commands, false, input_.bundle);
  observer.image = image_of(from.from, from.from_image);
  for (const Resolved& each : resolved.env) observer.env.push_back(variable(each));
  observer.resources = resources_of(from.resources);
  Step limits_only;
  limits_only.as = from.name;
  limits_only.timeout = from.timeout;
  limits_only.grace_period = from.grace_period;
  StepLimits limits = limits_of_step({}, input_.origins, Phase::test, limits_only);
  observer.timeout = std::move(limits.timeout);
  observer.grace = std::move(limits.grace);
  return observer;
}

plan::Job Builder::job(std::string id) const {
  plan::Job job;
  job.id = std::move(id);
  if (input_.config != nullptr) {
    const load::ConfigIdentity& identity = input_.config->identity;
    job.org = identity.org;
    job.repo = identity.repo;
    job.branch = identity.branch;
    job.variant = identity.variant;
  }
  job.test = std::string(test_.name);
  if (test_.workflow != nullptr) job.workflow = test_.workflow->name;
  const bool is_test = test_.entry != nullptr && test_.entry->as.present();
  job.origin = is_test
                   ? input_.origins.of("test", test_.entry->as.place)
                   : input_.origins.of(
                         job.id, test_.workflow ? test_.workflow->definition.as.place : Place{});
  const Text& name = test_.merged.cluster_profile;
  if (test_.profile != nullptr) {
    const ClusterProfile& from = *test_.profile;
    job.cluster_profile =
        plan::ClusterProfile{text_of(from.name),
                             text_of(from.cluster_type),
                             text_of(from.lease_type),
                             text_of(from.secret),
                             text_of(from.config_map),
                             text_of(from.ip_pool_lease_type),
                             texts_of(from.set_members),
                             input_.origins.of("profile/" + text_of(from.name), from.name.place)};
  } else if (!name->empty()) {
    job.cluster_profile.emplace();
    job.cluster_profile->name = text_of(name);
    job.cluster_profile->origin = input_.origins.of("test", name.place);
  }
  job.allow_skip_on_success = is_true(test_.merged.allow_skip_on_success);
  job.allow_best_effort_post_steps = is_true(test_.merged.allow_best_effort_post_steps);
  set_job_limits(limits_, input_.origins, is_test ? test_.entry : nullptr, job);
  return job;
}

plan::Machine Builder::machine() const {
  plan::Machine machine;
  if (input_.run == nullptr) return machine;
  const RunSettings& run = *input_.run;
  for (const auto& pool : run.lease_pools) {
    machine.lease_pools.emplace_back(*pool.key, texts_of(pool.value));
  }
  std::sort(machine.lease_pools.begin(), machine.lease_pools.end());
  for (const auto& entry : run.lease_ttl) {
    if (entry.value->none) continue;
    machine.lease_ttl.emplace_back(*entry.key, seconds_of(entry.value->duration));
  }
  std::sort(machine.lease_ttl.begin(), machine.lease_ttl.end());
  machine.cluster_profile_dirs = sorted_pairs(run.cluster_profiles);
  machine.images = sorted_pairs(run.images);
  machine.pass_env = texts_of(run.pass_env);
  machine.credential_store = text_of(run.credentials);
  machine.stop_dir = text_of(run.stop_dir);
  return machine;
}

void Builder::add_dropped(const ObjectList<StepEntry>& entries, std::vector<std::string> path,
                          std::vector<plan::Dropped>& dropped) const {
  if (path.size() > kMaxChainDepth) return;
  for (const Located<StepEntry>& entry : entries) {
    std::vector<std::string> inside = path;
    if (entry->chain.present()) {
      const ChainComponent* chain = input_.registry.chains.find(*entry->chain);
      inside.push_back("chain/" + text_of(entry->chain));
      if (chain != nullptr) add_dropped(chain->definition.steps, inside, dropped);
      continue;
    }
    const bool is_ref = entry->ref.present();
    if (is_ref) inside.push_back("ref/" + text_of(entry->ref));
    dropped.push_back(
        {Phase::post, text_of(is_ref ? entry->ref : entry->literal->as), std::move(inside)});
  }
}

}  // namespace

plan::Kind kind_of_step(const ResolvedTest& test, const ResolvedStep& resolved) {
  if (resolved.phase == Phase::pre) return plan::Kind::setup;
  if (resolved.phase == Phase::test) return plan::Kind::test;
  const Step& step = *resolved.step;
  if (step.collect.present()) return *step.collect ? plan::Kind::collection : plan::Kind::cleanup;
  if (is_true(step.optional_on_success) || name_collects(*step.as)) return plan::Kind::collection;
  for (std::uint32_t at = resolved.path; at != kNoPath; at = test.paths[at].parent) {
    const PathNode& node = test.paths[at];
    if (node.kind == Source::Kind::chain && name_collects(node.name)) {
      return plan::Kind::collection;
    }
  }
  return plan::Kind::cleanup;
}

bool name_collects(std::string_view name) {
  for (const std::string_view part : split(name, '-')) {
    if (part == "gather" || part == "collect" || part == "dump") return true;
  }
  return false;
}

plan::Plan build_plan(const ResolvedTest& test, std::string id, const PlanInput& input,
                      std::vector<std::string> problems) {
  const StageMark mark(Stage::resolve);
  const Builder builder(test, id, input);
  plan::Plan plan;
  plan.partial = test.failed || input.config == nullptr;
  plan.problems = std::move(problems);
  plan.job = builder.job(std::move(id));
  plan.machine = builder.machine();
  for (const ResolvedLease& lease : test.leases) plan.leases.push_back(builder.lease(lease));
  for (const ResolvedObserver& observer : test.observers) {
    plan.observers.push_back(builder.observer(observer));
  }
  plan.steps.reserve(test.steps.size());
  for (const ResolvedStep& step : test.steps) plan.steps.push_back(builder.step(step));
  if (const auto* replaced = test.merged.phases[2].replaced) {
    builder.add_dropped(*replaced, {"workflow/" + plan.job.workflow}, plan.dropped);
  }
  return plan;
}

}  // namespace stepreg::resolve
