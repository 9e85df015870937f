// What kind of test it is, and what it runs (registry.md R160, R161, R200 to R204).
#include "base/quantity.h"
#include "base/text.h"
#include "diag/edit.h"
#include "rules/config_parts.h"

namespace stepreg::rules {

namespace {

constexpr std::string_view kClusters[] = {"app.ci",  "arm01",   "build01",
                                          "build02", "build03", "vsphere02"};

// ci-operator looks for `build` and two digits anywhere in the name.
bool is_build_cluster(std::string_view name) {
  constexpr std::string_view kBuild = "build";
  for (std::size_t at = name.find(kBuild); at != std::string_view::npos;
       at = name.find(kBuild, at + 1)) {
    const std::string_view rest = name.substr(at + kBuild.size());
    if (rest.size() >= 2 && is_digit(rest[0]) && is_digit(rest[1])) return true;
  }
  return is_one_of(name, kClusters);
}

// The first template type of the test, if it has one.
NamedPlace template_type(const TestEntry& test) {
  const std::pair<std::string_view, const Located<TemplateTest>*> all[] = {
      {"openshift_installer", &test.openshift_installer},
      {"openshift_installer_upi", &test.openshift_installer_upi},
      {"openshift_installer_upi_src", &test.openshift_installer_upi_src},
      {"openshift_installer_src", &test.openshift_installer_src},
      {"openshift_installer_custom_test_image", &test.openshift_installer_custom_test_image},
      {"openshift_ansible", &test.openshift_ansible},
      {"openshift_ansible_src", &test.openshift_ansible_src},
      {"openshift_ansible_custom", &test.openshift_ansible_custom},
      {"openshift_ansible_upgrade", &test.openshift_ansible_upgrade},
      {"openshift_installer_console", &test.openshift_installer_console},
      {"openshift_installer_random", &test.openshift_installer_random},
  };
  for (const auto& [name, field] : all) {
    if (field->present()) return {name, field->place};
  }
  return {};
}

void check_type(const TestCheck& check) {
  const TestEntry& test = check.test();
  std::vector<NamedPlace> types;
  if (test.container) types.push_back({"container", test.container.place});
  if (test.steps) types.push_back({"steps", test.steps.place});
  if (test.literal_steps) types.push_back({"literal_steps", test.literal_steps.place});
  if (types.size() > 1) {
    check.add(rule("SR640"), types[1].place, std::string(types[1].name),
              "is of more than one type: " + listed(types));
  }
  if (!types.empty()) return;
  const NamedPlace old = template_type(test);
  if (old.place) {
    check
        .add(rule("SR637"), old.place, std::string(old.name),
             "is of the type " + in_quotes(old.name) + ", which was removed after 2024")
        .hint = "use `steps` with a workflow";
  } else if (!test.commands->empty()) {
    check.add(rule("SR637"), {}, "container", "has `commands` and no `container` to run them in");
  }
}

void check_what_runs(const TestCheck& check) {
  const TestEntry& test = check.test();
  std::vector<NamedPlace> set;
  if (!test.commands->empty()) set.push_back({"commands", test.commands.place});
  if (test.steps) set.push_back({"steps", test.steps.place});
  if (test.literal_steps) set.push_back({"literal_steps", test.literal_steps.place});
  if (set.size() > 1) {
    check.add(rule("SR611"), set[1].place, std::string(set[1].name),
              "has more than one thing to run: " + listed(set));
  } else if (set.empty()) {
    check.add(rule("SR610"), test.container.place, "commands",
              test.container ? "has a `container` and no `commands`"
                             : "has neither `commands`, `steps` nor `literal_steps`");
  }
}

void check_container(const TestCheck& check) {
  const TestEntry& test = check.test();
  if (!test.container) return;
  const ContainerTest& container = *test.container;
  if (container.from->empty()) {
    check.add(rule("SR638"), place_or(container.from.place, test.container.place), "container.from",
              "has a `container` without `from`");
  }
  if (container.memory_backed_volume) {
    const Text& size = container.memory_backed_volume->size;
    const auto quantity = parse_quantity(*size);
    if (!quantity) {
      check
          .add(rule("SR639"), place_or(size.place, container.memory_backed_volume.place),
               "container.memory_backed_volume.size",
               "has a memory-backed volume of the size " + in_quotes(*size) +
                   ", which is no quantity")
          .hint = "write a number with a suffix such as `Mi` or `Gi`";
    }
  }
  if (!test.node_architecture->empty() && !is_one_of(*test.node_architecture, kNodeArchitectures)) {
    Diagnostic& finding =
        check.add(rule("SR649"), test.node_architecture.place, "node_architecture",
                  "has the unknown `node_architecture` " + in_quotes(*test.node_architecture));
    finding.hint = "known are amd64, arm64, ppc64le, s390x";
  }
}

}  // namespace

void check_test_type(const TestCheck& check) {
  check_what_runs(check);
  check_type(check);
  check_container(check);
  const Text& cluster = check.test().cluster;
  if (!cluster->empty() && !is_build_cluster(*cluster)) {
    Diagnostic& finding = check.add(rule("SR641"), cluster.place, "cluster",
                                    "names the unknown build cluster " + in_quotes(*cluster));
    suggest(finding, cluster.place, *cluster, kClusters);
  }
}

}  // namespace stepreg::rules
