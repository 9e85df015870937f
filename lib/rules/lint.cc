#include "rules/lint.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <thread>

#include "base/stage.h"
#include "diag/suppression.h"
#include "resolve/resolver.h"
#include "rules/across_files.h"
#include "rules/cleanup_rules.h"
#include "rules/config_parts.h"
#include "rules/config_rules.h"
#include "rules/limit_names.h"
#include "rules/limit_rules.h"
#include "rules/ownership_rules.h"
#include "rules/reached.h"
#include "rules/registry_rules.h"
#include "rules/step_rules.h"
#include "rules/test_rules.h"
#include "rules/value_rules.h"

namespace stepreg::rules {

namespace {

// What all configurations are checked against.
struct Whole {
  explicit Whole(const load::Project& of) : project(of), expansions(*of.registry) {
    const Located<RunSettings>& settings = of.settings->settings.run;
    if (settings.present()) run = &*settings;
  }
  const Registry& registry() const { return *project.registry; }

  const load::Project& project;
  const Expansions expansions;
  const RunSettings* run = nullptr;
};

// What the checks of one configuration leave for the whole.
struct ConfigResult {
  std::size_t tests = 0;
  FileFacts facts;
  std::optional<LimitNames> limit_names;
  std::optional<Reached> reached;
  std::vector<std::string> leases;        // the variables of its tests' own
  std::unique_ptr<SourceFile> commented;  // a copy, when the text has comments for stepreg
};

void check_tests(const Whole& whole, const ConfigCheck& file, ConfigResult& result) {
  const load::LoadedConfig& config = file.loaded;
  Sink& sink = file.sink;
  const Registry& registry = whole.registry();
  result.reached.emplace(registry);
  result.limit_names.emplace(whole.run);
  OwnershipCheck ownership(registry, config, sink);
  LimitCheck limits(config, whole.run, sink);
  const resolve::Options options{.trace = sink.wants(rule("SR446"))};
  for (std::size_t i = 0; i < config.config.tests.size(); ++i) {
    const Located<TestEntry>& test = config.config.tests[i];
    if (!test->steps.present()) {
      ownership.check(*test, nullptr);
      continue;
    }
    const std::string id = config.test_id(*test->as);
    const auto resolved = resolve::resolve_test(registry, *test, id, options, sink);
    ++result.tests;
    result.reached->add(resolved);
    result.limit_names->add(resolved);
    check_resolved_test(registry, config, resolved, sink);
    check_cleanup(whole.expansions, config, resolved, sink);
    check_values(resolved, id, sink);
    limits.check(resolved);
    check_test_against_config(TestCheck(file, i), resolved);
    ownership.check(*test, &resolved);
  }
}

std::vector<std::string> lease_variables(const load::LoadedConfig& config) {
  std::vector<std::string> variables;
  for (const Located<TestEntry>& test : config.config.tests) {
    for (const auto& lease : test->steps->leases) variables.emplace_back(*lease->env);
  }
  return variables;
}

ConfigResult check_one(const Whole& whole, const load::LoadedConfig& config, Sink& sink) {
  const StageMark mark(Stage::validate);
  ConfigResult result;
  result.facts = facts_of(config);
  result.leases = lease_variables(config);
  if (may_have_suppressions(*config.source)) {
    result.commented =
        std::make_unique<SourceFile>(config.source->path(), std::string(config.source->text()));
  }
  const ConfigCheck file{config, sink};
  check_config(file);
  check_literal_steps(config, sink);
  if (!whole.project.registry_root.empty()) check_tests(whole, file, result);
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

// Rules that look at tests, or at what tests use of the registry, say nothing without the tree that
// they need; a suppression or baseline entry is not stale because of that.
RuleSet undecided_rules(const load::Project& project, const Linted& linted) {
  RuleSet undecided;
  for (std::size_t i = 0; i < kRuleCount; ++i) {
    const std::string_view group = RuleId(i).info().code.substr(0, 3);
    const bool needs_registry =
        group == "SR3" || group == "SR4" || group == "SR7" || group == "SR8";
    const bool needs_configs = (needs_registry && group != "SR8") || group == "SR6";
    if (needs_registry && project.registry_root.empty()) undecided.set(i);
    if (needs_configs && project.configs_root.empty()) undecided.set(i);
  }
  if (linted.tests_resolved == 0) undecided.set(rule("SR323").index());
  return undecided;
}

// A mistake in a component that ci-operator sees only through tests is found once per test.
void drop_repeated(std::vector<Diagnostic>& sorted) {
  const auto same = [](const Diagnostic& a, const Diagnostic& b) {
    return a.rule == b.rule && a.at.path == b.at.path && a.at.line == b.at.line &&
           a.at.column == b.at.column && a.message == b.message;
  };
  sorted.erase(std::unique(sorted.begin(), sorted.end(), same), sorted.end());
}

std::vector<std::string> unused_allowed(const load::Project& project) {
  std::vector<std::string> patterns;
  for (const Text& pattern : project.settings->settings.unused_allowed) {
    patterns.emplace_back(*pattern);
  }
  return patterns;
}

bool is_empty(const load::Project& project) {
  const auto& files = project.registry->tree.files;
  const bool nothing = std::all_of(files.begin(), files.end(), [](const TreeFile& file) {
    return file.kind == TreeFile::Kind::documentation || file.kind == TreeFile::Kind::owners ||
           file.kind == TreeFile::Kind::unknown;
  });
  return nothing && project.config_paths.empty();
}

}  // namespace

Linted lint(const load::Project& project, ScriptOptions scripts, Sink& sink) {
  Linted linted;
  linted.empty = is_empty(project);
  linted.files_checked = project.registry->tree.files.size() + project.config_paths.size();
  const StageMark mark(Stage::validate);
  // The registry alone, beside the configurations. Of equal findings those about it stay, so they
  // come first.
  Sink of_registry = sink.empty_copy(), of_configs = sink.empty_copy();
  const unsigned script_jobs = project.config_paths.empty() ? project.jobs : 1;
  std::vector<ScriptFacts> script_facts;
  const auto check_alone = [&] {
    const StageMark own_mark(Stage::validate);
    check_registry(*project.registry, of_registry);
    script_facts = check_scripts(*project.registry, script_jobs, of_registry);
  };
  std::jthread beside;
  if (project.jobs > 1) beside = std::jthread(check_alone);
  AcrossFiles across;
  const Whole whole(project);
  std::set<std::string> leases;
  Reached reached(*project.registry);
  LimitNames limit_names(whole.run);
  load::map_configs<ConfigResult>(
      project, project.config_paths, sink,
      [&](const load::LoadedConfig& config, Sink& own) { return check_one(whole, config, own); },
      [&](ConfigResult&& result, Sink&& own) {
        linted.tests_resolved += result.tests;
        across.add(std::move(result.facts));
        leases.insert(result.leases.begin(), result.leases.end());
        if (result.reached) reached.unite(std::move(*result.reached));
        if (result.limit_names) limit_names.unite(std::move(*result.limit_names));
        if (result.commented) linted.commented_configs.push_back(std::move(result.commented));
        of_configs.merge(std::move(own));
      });
  if (beside.joinable()) {
    beside.join();
  } else {
    check_alone();
  }
  sink.merge(std::move(of_registry));
  sink.merge(std::move(of_configs));
  across.finish(sink);
  // Without any test nothing can be said to be unused.
  if (linted.tests_resolved > 0) {
    reached.report_unused(unused_allowed(project), sink);
    limit_names.report_unknown(sink);
  }
  add_remarks(project, linted);
  linted.undecided = undecided_rules(project, linted);
  scripts.jobs = project.jobs;
  ScriptResult checked =
      check_with_shellcheck(*project.registry, script_facts, std::move(leases), scripts, sink);
  std::move(checked.remarks.begin(), checked.remarks.end(), std::back_inserter(linted.remarks));
  linted.undecided |= checked.undecided;
  linted.failure = std::move(checked.failure);
  linted.findings = sink.take();
  sort_findings(linted.findings);
  drop_repeated(linted.findings);
  return linted;
}

}  // namespace stepreg::rules
