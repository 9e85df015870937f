#include "rules/lint.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <thread>

#include "base/parallel.h"
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

std::vector<std::string> unused_allowed(const load::Project& project) {
  std::vector<std::string> patterns;
  for (const Text& pattern : project.settings->settings.unused_allowed) {
    patterns.emplace_back(*pattern);
  }
  return patterns;
}

// A file about which something else is found is unpacked.
void unpack_shared(Linted& linted) {
  std::vector<Diagnostic>& findings = linted.findings;
  std::vector<Diagnostic> unpacked;
  auto at = findings.begin();
  std::erase_if(linted.packed.files, [&](const PackedFindings& file) {
    at = std::find_if(at, findings.end(),
                      [&](const Diagnostic& d) { return d.at.path >= file.path; });
    if (at == findings.end() || at->at.path != file.path) return false;
    std::vector<Diagnostic> own = unpack_findings(file);
    std::move(own.begin(), own.end(), std::back_inserter(unpacked));
    return true;
  });
  if (unpacked.empty()) return;
  std::move(unpacked.begin(), unpacked.end(), std::back_inserter(findings));
  sort_findings(findings);
  drop_repeated(findings);
}

bool is_empty(const load::Project& project) {
  const auto& files = project.registry->tree.files;
  const bool nothing = std::all_of(files.begin(), files.end(), [](const TreeFile& file) {
    return file.kind == TreeFile::Kind::documentation || file.kind == TreeFile::Kind::owners ||
           file.kind == TreeFile::Kind::unknown;
  });
  return nothing && project.config_paths.empty();
}

// What all configurations together leave, and the findings in them.
class Gathered {
 public:
  Gathered(const Whole& whole, const Sink& sink)
      : reached_(whole.registry(), whole.ids),
        limit_names_(whole.run),
        findings_(sink.empty_copy()) {}

  void add(ConfigOutcome&& outcome, Sink&& findings) {
    tests_ += outcome.tests;
    const bool was_read = !outcome.facts.path.empty();
    if (was_read) across_.add(std::move(outcome.facts));
    leases_.insert(outcome.leases.begin(), outcome.leases.end());
    for (const std::uint32_t component : outcome.reached) reached_.add(component);
    for (const std::string& step : outcome.limited) limit_names_.add(step);
    if (outcome.commented) commented_.push_back(std::move(outcome.commented));
    if (outcome.packed && outcome.packed->has_any()) packed_.push_back(std::move(*outcome.packed));
    findings_.merge(std::move(findings));
  }

  void finish(const load::Project& project, Linted& linted) {
    Sink unused = findings_.empty_copy();
    parallel_for(2, project.jobs, [&](std::size_t part) {
      if (part == 0) {
        across_.finish(findings_);
      } else if (tests_ > 0) {  // without any test nothing can be said to be unused
        reached_.report_unused(unused_allowed(project), unused);
        limit_names_.report_unknown(unused);
      }
    });
    findings_.merge(std::move(unused));
    linted.tests_resolved = tests_;
    linted.commented_configs = std::move(commented_);
    linted.findings = findings_.take();
    linted.packed.files = std::move(packed_);
  }

  std::set<std::string> take_leases() { return std::move(leases_); }

 private:
  std::size_t tests_ = 0;
  AcrossFiles across_;
  std::set<std::string> leases_;
  Reached reached_;
  LimitNames limit_names_;
  std::vector<std::unique_ptr<SourceFile>> commented_;
  std::vector<PackedFindings> packed_;
  Sink findings_;
};

void check_configs(const Whole& whole, const Sink& sink, Gathered& gathered, Linted& linted) {
  const ConfigOutcomes outcomes(whole, sink);
  linted.packed.bytes = outcomes.packed_bytes();
  load::map_config_paths<ConfigOutcome>(
      whole.project, whole.project.config_paths, sink,
      [&](const std::string& path, Sink& own) { return outcomes.of(path, own); },
      [&](ConfigOutcome&& outcome, Sink&& own) {
        gathered.add(std::move(outcome), std::move(own));
      },
      load::kManyResults);
}

// The registry by itself, but for what shellcheck says.
std::vector<ScriptFacts> check_registry_alone(const Whole& whole, Sink& sink) {
  const StageMark mark(Stage::validate);
  const load::Project& project = whole.project;
  check_registry(whole.registry(), whole.expansions(), sink);
  const auto kept = outcome_cache_of_scripts(project, sink.severities());
  // The configurations are checked beside it.
  const unsigned jobs = project.config_paths.empty() ? project.jobs : 1;
  return check_scripts(*project.registry, jobs, kept.get(), sink);
}

}  // namespace

Linted lint(const load::Project& project, ScriptOptions scripts, Sink& sink) {
  const StageMark mark(Stage::validate);
  Linted linted;
  linted.empty = is_empty(project);
  linted.files_checked = project.registry->tree.files.size() + project.config_paths.size();
  Sink of_registry = sink.empty_copy();
  std::vector<ScriptFacts> script_facts;
  const Whole whole(project);
  const auto check_alone = [&] { script_facts = check_registry_alone(whole, of_registry); };
  std::jthread beside;
  if (project.jobs > 1) beside = std::jthread(check_alone);
  Gathered gathered(whole, sink);
  check_configs(whole, sink, gathered, linted);
  if (beside.joinable()) {
    beside.join();
  } else {
    check_alone();
  }
  gathered.finish(project, linted);
  add_remarks(project, linted);
  linted.undecided = undecided_rules(project, linted);
  sink.merge(std::move(of_registry));
  std::vector<Diagnostic> of_project = sink.take();
  scripts.jobs = project.jobs;
  ScriptResult checked =
      check_with_shellcheck(*project.registry, script_facts, gathered.take_leases(), scripts, sink);
  std::move(checked.remarks.begin(), checked.remarks.end(), std::back_inserter(linted.remarks));
  linted.undecided |= checked.undecided;
  linted.failure = std::move(checked.failure);
  // Of equal findings those of the registry stay: a test that leads there found the same.
  std::vector<Diagnostic> of_scripts = sink.take();
  std::move(of_scripts.begin(), of_scripts.end(), std::back_inserter(linted.findings));
  sort_findings(linted.findings, std::move(of_project));
  drop_repeated(linted.findings);
  unpack_shared(linted);
  return linted;
}

}  // namespace stepreg::rules
