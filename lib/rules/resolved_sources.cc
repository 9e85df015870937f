// Images of the dependencies of a resolved test (registry.md 4.11).
#include "base/text.h"
#include "rules/dependency_sources.h"
#include "rules/test_rules.h"

namespace stepreg::rules {

namespace {

using resolve::Resolved;
using resolve::ResolvedStep;
using resolve::ResolvedTest;
using SourceKind = resolve::Source::Kind;

bool is_overridden(const ResolvedTest& test, std::string_view variable) {
  for (const auto& value : test.merged.dependency_overrides) {
    if (*value.entry->key == variable) return true;
  }
  return false;
}

void check_source(const load::LoadedConfig& loaded, const ResolvedTest& test,
                  const ResolvedStep& step, const Resolved& dependency, Sink& sink) {
  const std::string_view image = *dependency.effective.value;
  const SourceKind setter = dependency.effective.source.kind;
  const bool own = setter == SourceKind::step;
  if (image.empty() || dependency.name->empty()) return;  // reported at the step
  if (own && is_direct(step) && step.component == nullptr) return;
  SourceProblem problem{rule("SR420"), {}, {}};
  if (split(image, ':').size() > 2) {
    if (own) return;  // reported at the step
    problem = {
        rule("SR230"), "is " + in_quotes(image) + ", which is not `TAG` or `STREAM:TAG`", {}};
  } else if (!find_source_problem(loaded.config, *test.entry, image,
                                  is_overridden(test, *dependency.name), problem)) {
    return;
  }
  const Place set_at = dependency.effective.source.place;
  const Place at = setter == SourceKind::test ? set_at : place_in_test(test, step);
  Diagnostic& finding = sink.add(problem.rule, at,
                                 "the dependency " + in_quotes(*dependency.name) + " of the step " +
                                     in_quotes(*step.step->as) + " " + problem.text);
  finding.component = loaded.test_id(test.name);
  finding.subject = std::string(*step.step->as) + ".dependencies." + std::string(*dependency.name);
  finding.hint = problem.hint;
  finding.way = way_to(test, step);
  const Place declared = dependency.name.place;
  finding.notes.push_back({Location::of(declared), "the dependency is declared here"});
  if (setter == SourceKind::workflow) {
    finding.notes.push_back({Location::of(set_at), "the workflow sets the image here"});
  }
}

}  // namespace

void check_resolved_sources(const load::LoadedConfig& loaded, const ResolvedTest& test,
                            Sink& sink) {
  for (const ResolvedStep& step : test.steps) {
    for (const Resolved& dependency : step.dependencies) {
      check_source(loaded, test, step, dependency, sink);
    }
  }
}

}  // namespace stepreg::rules
