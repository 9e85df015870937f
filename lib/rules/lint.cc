#include "rules/lint.h"

#include <algorithm>

#include "resolve/resolver.h"
#include "rules/reached.h"
#include "rules/registry_rules.h"
#include "rules/step_rules.h"
#include "rules/test_rules.h"

namespace stepreg::rules {

namespace {

// What the checks of one configuration leave for the whole.
struct ConfigResult {
  explicit ConfigResult(const Registry& registry) : reached(registry) {}
  std::size_t tests = 0;
  Reached reached;
};

ConfigResult check_one(const load::Project& project, const load::LoadedConfig& config, Sink& sink) {
  ConfigResult result(*project.registry);
  check_literal_steps(config, sink);
  if (project.registry_root.empty()) return result;
  for (const Located<TestEntry>& test : config.config.tests) {
    if (!test->steps.present()) continue;
    const std::string id = config.test_id(*test->as);
    const auto resolved = resolve::resolve_test(*project.registry, *test, id, {}, sink);
    ++result.tests;
    check_resolved_test(*project.registry, config, resolved, sink);
    result.reached.add(resolved);
  }
  return result;
}

void add_remarks(const load::Project& project, Linted& linted) {
  if (project.registry_root.empty()) {
    linted.remarks.push_back(
        "no registry is named: references and values of tests were not checked");
  } else if (!project.registry->profiles) {
    linted.remarks.push_back("the registry has no cluster profile file: profiles were not checked");
  }
  if (project.configs_root.empty()) {
    linted.remarks.push_back("no configurations are named: no test was checked");
  }
}

}  // namespace

Linted lint(const load::Project& project, Sink& sink) {
  Linted linted;
  linted.files_checked = project.registry->tree.files.size() + project.config_paths.size();
  if (!project.registry_root.empty()) check_registry(*project.registry, sink);
  Reached reached(*project.registry);
  load::map_configs<ConfigResult>(
      project, project.config_paths, sink,
      [&](const load::LoadedConfig& config, Sink& own) { return check_one(project, config, own); },
      [&](ConfigResult&& result, Sink&& own) {
        linted.tests_resolved += result.tests;
        reached.unite(std::move(result.reached));
        sink.merge(std::move(own));
      });
  if (!project.registry_root.empty() && !project.configs_root.empty()) {
    reached.report_unused({}, sink);
  }
  add_remarks(project, linted);
  linted.findings = sink.take();
  std::stable_sort(linted.findings.begin(), linted.findings.end(), printed_before);
  return linted;
}

}  // namespace stepreg::rules
