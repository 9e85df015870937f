#include "rules/lint.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <thread>

#include "base/stage.h"
#include "rules/config_outcomes.h"
#include "rules/outcome_cache.h"
#include "rules/registry_rules.h"

namespace stepreg::rules {

namespace {

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
  Sink of_registry = sink.empty_copy();
  Sink of_configs = sink.empty_copy();
  const unsigned script_jobs = project.config_paths.empty() ? project.jobs : 1;
  std::vector<ScriptFacts> script_facts;
  const auto check_alone = [&] {
    const StageMark own_mark(Stage::validate);
    check_registry(*project.registry, of_registry);
    const auto kept = outcome_cache_of_scripts(project, sink.severities());
    script_facts = check_scripts(*project.registry, script_jobs, kept.get(), of_registry);
  };
  std::jthread beside;
  if (project.jobs > 1) beside = std::jthread(check_alone);
  AcrossFiles across;
  const Whole whole(project);
  std::set<std::string> leases;
  Reached reached(*project.registry);
  LimitNames limit_names(whole.run);
  const ConfigOutcomes outcomes(whole, sink);
  load::map_config_paths<ConfigOutcome>(
      project, project.config_paths, sink,
      [&](const std::string& path, Sink& own) { return outcomes.of(path, own); },
      [&](ConfigOutcome&& outcome, Sink&& own) {
        linted.tests_resolved += outcome.tests;
        across.add(std::move(outcome.facts));
        leases.insert(outcome.leases.begin(), outcome.leases.end());
        if (outcome.reached) reached.unite(std::move(*outcome.reached));
        if (outcome.limit_names) limit_names.unite(std::move(*outcome.limit_names));
        if (outcome.commented) linted.commented_configs.push_back(std::move(outcome.commented));
        of_configs.merge(std::move(own));
      });
  if (beside.joinable()) {
    beside.join();
  } else {
    check_alone();
  }
  sink.merge(std::move(of_registry));
  std::vector<Diagnostic> earlier = sink.take();
  across.finish(of_configs);
  // Without any test nothing can be said to be unused.
  if (linted.tests_resolved > 0) {
    reached.report_unused(unused_allowed(project), of_configs);
    limit_names.report_unknown(of_configs);
  }
  add_remarks(project, linted);
  linted.undecided = undecided_rules(project, linted);
  scripts.jobs = project.jobs;
  ScriptResult checked = check_with_shellcheck(*project.registry, script_facts, std::move(leases),
                                               scripts, of_configs);
  std::move(checked.remarks.begin(), checked.remarks.end(), std::back_inserter(linted.remarks));
  linted.undecided |= checked.undecided;
  linted.failure = std::move(checked.failure);
  linted.findings = of_configs.take();
  sort_findings(linted.findings, std::move(earlier));
  drop_repeated(linted.findings);
  return linted;
}

}  // namespace stepreg::rules
