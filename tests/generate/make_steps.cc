#include "generate/make_steps.h"

#include <algorithm>

#include "generate/words.h"

namespace stepreg::generate {

namespace {

// Frequencies are those of the registry of July 2024: registry.md 6.1.
constexpr std::size_t kRealSteps = 1487;

constexpr std::string_view kImages[] = {"cli",         "cli",         "upi-installer",
                                        "tests",       "cli-toolbox", "installer",
                                        "dev-scripts", "src",         "ansible-runner"};
constexpr std::string_view kImported[] = {
    "ci/debian:12",       "ocp/4.16:cli",        "ci/toolbox:latest",     "ocp/4.17:upi-installer",
    "harborworks/jq:1.6", "ci/shellbase:stable", "tidewater/ansible:2.15"};
constexpr std::string_view kDurations[] = {"5m", "10m", "30m", "1h", "2h", "3h", "4h30m"};
constexpr std::string_view kGraces[] = {"30s", "1m", "2m", "3m", "5m"};

std::string_view group_of(Role role, Random& random) {
  constexpr std::string_view kGroups[3][3] = {
      {"conf", "setup", "enable"}, {"test", "e2e", "verify"}, {"gather", "collect", "cleanup"}};
  return kGroups[static_cast<int>(role)][random.below(3)];
}

}  // namespace

StepMaker::StepMaker(Components& components, Names& names, Random random)
    : components_(components), names_(names), random_(random), pools_(components.areas.size()) {}

std::uint32_t StepMaker::parameter_of(std::uint32_t area) {
  constexpr std::string_view kKinds[] = {"COUNT", "VERSION", "ENABLED", "LIST", "NAME", "CONFIG"};
  constexpr std::string_view kValues[] = {"3",          "4.16",    "true",
                                          "north,west", "default", "{\"replicas\": 2}"};
  std::vector<std::uint32_t>& pool = pools_[area];
  // The longer a pool is, the likelier it is used again: names are shared within an area.
  if (!pool.empty() && random_.chance(2, 3)) return pool[random_.skewed(pool.size())];
  const std::size_t kind = random_.below(std::size(kKinds));
  const std::string text = name_of(components_.areas[area]) + "-" +
                           std::string(random_.pick(topic_words())) + "-" +
                           std::string(random_.pick(qualifier_words()));
  Parameter parameter{variable_name(text) + "_" + std::string(kKinds[kind]),
                      std::string(kValues[kind]), ""};
  if (!parameter_names_.insert(parameter.name).second) {
    parameter.name += "_" + std::to_string(components_.parameters.size());
    parameter_names_.insert(parameter.name);
  }
  parameter.documentation =
      prose(random_, components_.shape.long_texts ? 30 + random_.skewed(500) : 15);
  const auto index = static_cast<std::uint32_t>(components_.parameters.size());
  components_.parameters.push_back(std::move(parameter));
  pool.push_back(index);
  return index;
}

void StepMaker::add_env(Step& step) {
  if (!random_.chance(911, kRealSteps)) return;
  const std::size_t number = 1 + random_.skewed(12);
  for (std::size_t i = 0; i < number; ++i) {
    const std::uint32_t area = random_.chance(1, 5) ? 0 : step.area;
    const std::uint32_t parameter = parameter_of(area);
    const auto is_same = [&](const Declaration& d) { return d.parameter == parameter; };
    if (std::any_of(step.env.begin(), step.env.end(), is_same)) continue;
    const bool required = rare(246, 3726);
    const bool empty = random_.chance(945, 3480);
    step.env.push_back({parameter, required, empty ? "" : components_.parameters[parameter].value});
  }
}

void StepMaker::add_inputs(Step& step) {
  if (rare(161, kRealSteps)) {
    constexpr std::string_view kSources[] = {"release:latest", "release:latest", "stable:cli",
                                             "stable:installer", "pipeline:src"};
    const std::size_t number = 1 + random_.skewed(4);
    for (std::size_t i = 0; i < number; ++i) {
      step.dependencies.push_back(
          {std::string(random_.pick(kSources)), "INPUT_" + std::to_string(i + 1) + "_IMAGE"});
    }
    if (random_.chance(1, 12)) {
      step.dependencies.back().image = "release:initial";
      step.needs_initial = true;
    }
  }
  if (rare(397, kRealSteps)) {
    const std::size_t number = 1 + random_.skewed(4);
    for (std::size_t i = 0; i < number; ++i) {
      const std::string name = name_of(components_.areas[step.area]) + "-" +
                               std::string(random_.pick(topic_words())) + "-" + std::to_string(i);
      step.credentials.push_back({name, "/var/run/" + name});
    }
  }
  if (rare(1, kRealSteps) && random_.chance(1, 2)) {
    step.leases.push_back({name_of(components_.areas[step.area]) + "-quota-slice",
                           variable_name(step.name) + "_LEASE"});
  }
}

void StepMaker::add_limits(Step& step) {
  if (random_.chance(311, kRealSteps)) step.timeout = random_.pick(kDurations);
  if (random_.chance(600, kRealSteps)) step.grace = random_.pick(kGraces);
  step.cli = random_.chance(269, kRealSteps);
  if (step.role != Role::post || is_cleanup(step)) return;
  step.optional_on_success = rare(22, kRealSteps / 4);
  step.best_effort = rare(29, kRealSteps / 4);
  if (step.best_effort && step.timeout.empty()) step.timeout = "20m";
}

bool StepMaker::is_cleanup(const Step& step) {
  return step.name.ends_with("-delete");
}

// Shares the script of an earlier step, and with it all that the script reads.
void StepMaker::share_script(Step& step) {
  if (components_.steps.empty() || !rare(24, kRealSteps)) return;
  const Step& other = random_.pick(components_.steps);
  if (!other.leases.empty() || !other.script_of.empty()) return;
  step.script_of = other.directory + "/" + other.name;
  step.env = other.env;
  step.dependencies = other.dependencies;
  step.credentials = other.credentials;
  step.leases.clear();
  step.grace = other.grace;
  step.timeout = other.timeout;
  step.needs_initial = other.needs_initial;
  step.best_effort = false;
}

void StepMaker::make(std::uint32_t area, Role role, std::string_view fixed) {
  Step step;
  step.area = area;
  step.role = role;
  ComponentName name = fixed.empty()
                           ? names_.fresh(random_, components_.areas[area], group_of(role, random_))
                           : ComponentName{};
  if (!fixed.empty()) {
    name.directory = components_.areas[area] + "/cluster/" + std::string(fixed);
    name.name = name_of(name.directory);
  }
  step.name = name.name;
  step.directory = name.directory;
  step.image = random_.chance(659, kRealSteps) ? random_.pick(kImported) : random_.pick(kImages);
  add_env(step);
  add_inputs(step);
  add_limits(step);
  share_script(step);
  if (step.image == "installer" && random_.chance(1, 30)) {
    step.image = "stable-initial:installer";
    step.needs_initial = true;
  }
  // Most scripts are short, a few are very long; together 5.8 MB at size 1.
  step.script_bytes =
      components_.shape.long_texts
          ? 200 + random_.skewed(14500) + (random_.chance(1, 20) ? random_.below(50000) : 0)
          : 60;
  components_.steps.push_back(std::move(step));
}

void StepMaker::make_all() {
  const std::size_t areas = components_.areas.size();
  const std::size_t wanted = components_.shape.steps;
  for (std::uint32_t area = 1; area < areas && components_.steps.size() + 2 <= wanted; ++area) {
    make(area, Role::pre, "create");
    make(area, Role::post, "delete");
  }
  while (components_.steps.size() < wanted) {
    const std::size_t kind = random_.below(100);
    const Role role = kind < 45 ? Role::pre : kind < 72 ? Role::test : Role::post;
    const bool common = random_.chance(1, 10);
    make(common ? 0 : static_cast<std::uint32_t>(random_.skewed(areas)), role, "");
  }
}

bool StepMaker::rare(std::size_t part, std::size_t whole) {
  if (components_.shape.rich && part * 4 < whole) return random_.chance(1, 4);
  return random_.chance(part, whole);
}

}  // namespace stepreg::generate
