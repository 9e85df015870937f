#include "generate/make_tests.h"

#include <algorithm>
#include <optional>

#include "generate/naming.h"
#include "generate/words.h"

namespace stepreg::generate {

namespace {

// Frequencies are those of the tests of July 2024: registry.md 6.3 and 6.4.
constexpr std::size_t kRealTests = 60080;
constexpr std::size_t kRealMultiStage = 41113;
constexpr std::size_t kRealContainer = 18904;
constexpr std::size_t kRealLiterals = 9585;

constexpr std::string_view kPatterns[] = {"^docs/|\\\\.md$|^(?:.*/)?OWNERS$",
                                          "^(api|pkg/controller)/", "^vendor/k8s.io/",
                                          "(^test/e2e|go\\\\.mod$)"};

}  // namespace

TestMaker::TestMaker(Components& components, Random random)
    : components_(components),
      random_(random),
      composer_(components, random.fork("composer")),
      workflows_of_(components.areas.size()),
      observers_(components.observers.size()) {
  for (std::uint32_t i = 0; i < components.workflows.size(); ++i) {
    workflows_of_[components.workflows[i].area].push_back(i);
    unused_.push_back(i);
  }
  for (std::uint32_t i = 0; i < components.chains.size(); ++i) {
    composer_.mark_used({Entry::Kind::chain, i});
    composer_.add_chain(i);
  }
  for (std::uint32_t i = 0; i < components.steps.size(); ++i) {
    composer_.mark_used({Entry::Kind::ref, i});
  }
}

bool TestMaker::rare(std::size_t part, std::size_t whole) {
  if (components_.shape.rich && part * 4 < whole) return random_.chance(1, 5);
  return random_.chance(part, whole);
}

std::uint32_t TestMaker::choose_workflow() {
  if (next_unused_ < unused_.size() && random_.chance(1, 3)) return unused_[next_unused_++];
  // The workflows that are used most are not the long ones: the shorter of two or three.
  std::optional<std::uint32_t> best;
  const std::size_t candidates = random_.range(2, 3);
  for (std::size_t tries = 0; tries < candidates || !best;) {
    const auto& workflows = workflows_of_[random_.skewed(workflows_of_.size())];
    if (workflows.empty()) continue;
    ++tries;
    const std::uint32_t other = workflows[random_.skewed(workflows.size())];
    const auto steps = [&](std::uint32_t i) { return components_.workflows[i].reach.steps.size(); };
    if (!best || steps(other) < steps(*best)) best = other;
  }
  return *best;
}

std::string TestMaker::fresh_name(Surroundings& surroundings, std::string_view kind,
                                  std::size_t longest) {
  std::string name(kind);
  for (std::size_t number = 2;; ++number) {
    if (surroundings.names.insert(name).second) return name;
    const std::string more =
        "-" + std::string(random_.pick(number % 2 == 0 ? topic_words() : qualifier_words()));
    name = name.size() + more.size() <= longest ? name + more
                                                : std::string(kind) + "-" + std::to_string(number);
  }
}

void TestMaker::schedule(Node& test, bool may_be_periodic) {
  if (may_be_periodic && random_.chance(6820 + 827 + 116, kRealMultiStage)) {
    const std::size_t kind = random_.below(100);
    if (kind < 87) {
      test["cron"] = std::to_string(random_.below(60)) + " " + std::to_string(random_.below(24)) +
                     (random_.chance(1, 2) ? " * * " + std::to_string(random_.below(7))
                                           : " */" + std::to_string(random_.range(2, 15)) + " * *");
    } else {
      test[kind < 98 ? "interval" : "minimum_interval"] = random_.chance(1, 2) ? "168h" : "24h";
    }
    return;
  }
  if (random_.chance(2382, kRealTests)) {
    test["postsubmit"] = Node::bare("true");
    return;
  }
  if (random_.chance(12969, kRealTests)) test["optional"] = Node::bare("true");
  const std::size_t kind = random_.below(kRealTests);
  if (kind < 7306) {
    test["skip_if_only_changed"] = random_.pick(kPatterns);
  } else if (kind < 7306 + 3339) {
    test["run_if_changed"] = random_.pick(kPatterns);
  } else if (kind < 7306 + 3339 + 2513) {
    test["always_run"] = Node::bare("false");
  }
}

TestMaker::Test TestMaker::container_test(Surroundings& surroundings) {
  constexpr std::string_view kKinds[] = {"unit",        "verify",      "lint",   "images-check",
                                         "integration", "build-check", "vendor", "security"};
  constexpr std::string_view kCommands[] = {
      "make test-unit",
      "make verify",
      "make lint",
      "hack/verify-vendor.sh",
      "go test ./... -count=1 -race -timeout 20m\n./hack/report.sh",
      "export HOME=/tmp\nmake check GOFLAGS=-mod=vendor"};
  Test test;
  Node& node = test.node;
  node["as"] = fresh_name(surroundings, random_.pick(kKinds), 50);
  node["commands"] = random_.pick(kCommands);
  node["container"]["from"] = random_.pick(surroundings.test_images);
  if (random_.chance(1, 12)) node["container"]["clone"] = Node::bare("true");
  if (random_.chance(1, 15)) node["container"]["memory_backed_volume"]["size"] = "4Gi";
  if (rare(754 + 202, kRealContainer)) {
    Node secret;
    secret["mount_path"] = "/tmp/secret";
    secret["name"] = surroundings.org + "-token";
    if (random_.chance(1, 4)) {
      node["secret"] = secret;
    } else {
      node["secrets"].add(secret);
    }
  }
  schedule(node, false);
  return test;
}

void TestMaker::choose_profile(Node& test, Node& steps, const Workflow& workflow,
                               const std::string& org) {
  if (workflow.profile.empty() && rare(487, kRealMultiStage)) {
    Node& claim = test["cluster_claim"];
    claim["architecture"] = "amd64";
    claim["cloud"] = "aws";
    claim["owner"] = "openshift-ci";
    claim["product"] = "ocp";
    claim["timeout"] = "1h0m0s";
    claim["version"] = "@VERSION@";
    return;
  }
  if (!random_.chance(35187, kRealMultiStage)) return;
  for (;;) {  // some profiles are for everybody
    const Profile& profile = components_.profiles[random_.skewed(components_.profiles.size())];
    if (!profile.owner.empty() && profile.owner != org) continue;
    steps["cluster_profile"] = profile.name;
    return;
  }
}

void TestMaker::literal_inputs(Node& step, const Surroundings& surroundings) {
  if (random_.chance(1946, kRealLiterals) && !surroundings.images.empty()) {
    const std::size_t number = 1 + random_.skewed(14);
    for (std::size_t i = 0; i < number; ++i) {
      Node dependency;
      const bool built = random_.chance(2, 3);
      dependency["env"] = "IMAGE_" + std::to_string(i + 1);
      dependency["name"] = built ? random_.pick(surroundings.images) : "release:latest";
      step["dependencies"].add(dependency);
    }
  }
  if (random_.chance(1217, kRealLiterals)) {
    Node credential;
    credential["mount_path"] = "/var/run/" + surroundings.org;
    credential["name"] = surroundings.org + "-credentials";
    credential["namespace"] = "test-credentials";
    step["credentials"].add(credential);
  }
  if (random_.chance(527, kRealLiterals)) {
    const std::size_t number = 1 + random_.skewed(5);
    for (std::size_t i = 0; i < number; ++i) {
      Node parameter;
      parameter["default"] = random_.chance(1, 2) ? "true" : "4.16";
      parameter["name"] = "OPTION_" + std::to_string(i + 1);
      step["env"].add(parameter);
    }
  }
}

Node TestMaker::literal(Role role, std::size_t number, const Surroundings& surroundings) {
  constexpr std::string_view kCommands[] = {
      "make e2e", "export KUBECONFIG=${KUBECONFIG}\nmake test-e2e E2E_TIMEOUT=60m",
      "./hack/ci/run.sh --artifacts \"${ARTIFACT_DIR}\"\noc get pods -A > "
      "\"${ARTIFACT_DIR}/pods.txt\"\n",
      "unset GOFLAGS\nexport PATH=$PATH:/tmp/bin\ncurl -sSfL https://example.com/kind -o "
      "/tmp/kind\nmake e2e-full"};
  constexpr std::string_view kNames[] = {"test", "e2e-run", "build-and-test", "smoke"};
  Node step;
  step["as"] = std::string(random_.pick(kNames)) +
               (number == 0 && role == Role::test ? "" : "-" + std::to_string(number)) +
               (role == Role::test  ? ""
                : role == Role::pre ? "-before"
                                    : "-after");
  if (random_.chance(6989, kRealLiterals)) step["cli"] = "latest";
  step["commands"] = random_.pick(kCommands);
  const std::size_t from = random_.below(kRealLiterals);
  step["from"] = from < 5738 || surroundings.images.empty() ? "src"
                 : from < 5738 + 930                        ? "stable:tests"
                                     : std::string_view(random_.pick(surroundings.images));
  step["resources"]["requests"]["cpu"] = random_.chance(1, 2) ? "100m" : "2";
  if (random_.chance(2, 3)) step["resources"]["requests"]["memory"] = "200Mi";
  if (random_.chance(2190, kRealLiterals)) step["timeout"] = "2h0m0s";
  if (random_.chance(447, kRealLiterals)) step["grace_period"] = "5m0s";
  if (role == Role::post && random_.chance(1, 2)) {
    step["best_effort"] = Node::bare("true");
    step["optional_on_success"] = Node::bare("true");
    step["timeout"] = "20m0s";
  }
  literal_inputs(step, surroundings);
  return step;
}

Reach TestMaker::own_phase(Node& steps, Role role, const Workflow& workflow,
                           const Surroundings& surroundings) {
  constexpr const char* kKeys[] = {"pre", "test", "post"};
  Node& phase = steps[kKeys[static_cast<int>(role)]];
  Reach reach;
  std::vector<Entry> entries;
  const std::size_t literals = random_.chance(1, 2) ? 1 + random_.skewed(3) : 0;
  for (std::size_t i = 0; i < literals; ++i) phase.add(literal(role, i, surroundings));
  if (role != Role::test) {  // people copy the workflow's and add to it
    entries = workflow.phases[static_cast<std::size_t>(role)];
    reach = workflow.phase_reach[static_cast<std::size_t>(role)];
  }
  if (role == Role::test && (literals == 0 || random_.chance(1, 4))) {
    const std::size_t chains = random_.chance(1, 2);
    auto more = composer_.compose({workflow.area, role, 2 - chains, chains, 0, 6, 30}, reach);
    entries.insert(entries.end(), more.begin(), more.end());
  }
  for (const Entry& entry : entries) {
    Node item;
    if (entry.kind == Entry::Kind::literal) continue;
    const bool ref = entry.kind == Entry::Kind::ref;
    item[ref ? "ref" : "chain"] =
        ref ? components_.steps[entry.index].name : components_.chains[entry.index].name;
    phase.add(item);
  }
  if (phase.empty()) phase.add(literal(role, 0, surroundings));
  return reach;
}

void TestMaker::add_env(Node& steps, const Reach& reach, const Workflow& workflow) {
  std::vector<std::uint32_t> set = reach.required;
  for (const Setting& each : workflow.env) {
    set.erase(std::remove(set.begin(), set.end(), each.parameter), set.end());
  }
  if (random_.chance(17602, kRealMultiStage) && !reach.declared.empty()) {
    const std::size_t number = 1 + random_.skewed(10);
    for (std::size_t i = 0; i < number; ++i) set.push_back(random_.pick(reach.declared));
  }
  for (const std::uint32_t index : set) {
    const Parameter& parameter = components_.parameters[index];
    steps["env"][parameter.name] =
        parameter.name.ends_with("_VERSION") ? "@VERSION@" : std::string_view(parameter.value);
  }
}

void TestMaker::add_rare(Node& steps, const Reach& reach, bool& needs_initial) {
  if (!reach.dependencies.empty() && rare(4640 * 4, kRealMultiStage)) {
    const bool initial = random_.chance(1, 3);
    steps["dependencies"][random_.pick(reach.dependencies)] =
        initial ? "release:initial" : "release:latest";
    needs_initial = needs_initial || initial;
  }
  if (!reach.dependencies.empty() && rare(122, kRealMultiStage)) {
    steps["dependency_overrides"][random_.pick(reach.dependencies)] = "quay.io/harbor/tools:1.2";
  }
  if (rare(207, kRealMultiStage)) {
    Node lease;
    lease["env"] = "TEST_SITE_LEASE";
    lease["resource_type"] = "test-site-quota-slice";
    if (random_.chance(1, 2)) lease["count"] = Node::bare("2");
    steps["leases"].add(lease);
  }
  if (observers_ > 0 && (rare(915, kRealMultiStage) || next_observer_ < observers_)) {
    const std::size_t index =
        next_observer_ < observers_ ? next_observer_++ : random_.below(observers_);
    steps["observers"]["enable"].add(components_.observers[index].name);
  }
  if (rare(643, kRealMultiStage)) steps["allow_skip_on_success"] = Node::bare("true");
  if (rare(393, kRealMultiStage)) steps["allow_best_effort_post_steps"] = Node::bare("true");
}

TestMaker::Test TestMaker::multi_stage_test(Surroundings& surroundings) {
  const Workflow& workflow = components_.workflows[choose_workflow()];
  Test test;
  test.multi_stage = true;
  Node& node = test.node;
  Node& steps = node["steps"];
  steps["workflow"] = workflow.name;
  const auto phase = [&](Role role, std::size_t part) {
    if (!random_.chance(part, kRealMultiStage)) {
      return workflow.phase_reach[static_cast<std::size_t>(role)];
    }
    return own_phase(steps, role, workflow, surroundings);
  };
  Reach reach = phase(Role::pre, 784);
  const bool has_test = !workflow.phases[1].empty();
  reach.add(phase(Role::test, has_test ? 5000 : 23000));
  reach.add(phase(Role::post, 799));
  // Levels inside of the workflow have set what the phases do not require any more.
  add_env(steps, reach, workflow);
  test.needs_initial = reach.needs_initial;
  add_rare(steps, reach, test.needs_initial);
  choose_profile(node, steps, workflow, surroundings.org);
  node["as"] = fresh_name(surroundings, "e2e-" + name_of(components_.areas[workflow.area]), 42);
  schedule(node, true);
  if (random_.chance(4012, kRealMultiStage)) {
    node["cluster"] = "build" + std::string(random_.chance(1, 2) ? "05" : "11");
  }
  if (random_.chance(3082, kRealMultiStage)) node["timeout"] = "6h0m0s";
  return test;
}

}  // namespace stepreg::generate
