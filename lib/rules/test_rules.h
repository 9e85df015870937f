// The rules of resolved tests (registry.md 4.6, 4.11, 7.1; point D): what only the whole of a test
// shows. Steps themselves are checked where they are written.
#pragma once

#include "diag/sink.h"
#include "load/config_loader.h"
#include "model/registry.h"
#include "resolve/resolved.h"

namespace stepreg::rules {

// `test.entry` is a test of `loaded`. What is wrong with a workflow by itself is left to
// check_workflow_alone(), except in profile ci-operator, which looks at workflows only through
// their tests.
void check_resolved_test(const Registry& registry, const load::LoadedConfig& loaded,
                         const resolve::ResolvedTest& test, Sink& sink);

// What every test that uses the workflow unchanged would suffer from: steps in two phases,
// `optional_on_success` outside of `post`, leases with the same variable.
void check_workflow_alone(const Registry& registry, const WorkflowComponent& workflow, Sink& sink);

// Images of dependencies (R210 to R219) under the overrides of workflow and test.
void check_resolved_sources(const load::LoadedConfig& loaded, const resolve::ResolvedTest& test,
                            Sink& sink);

// Where the test brings in a step: the entry of the test, or its `workflow`; for a workflow alone
// the entry itself.
Place place_in_test(const resolve::ResolvedTest& test, const resolve::ResolvedStep& step);
// The components around a step and the step itself: "workflow/a", "ref/c".
std::vector<std::string> way_to(const resolve::ResolvedTest& test,
                                const resolve::ResolvedStep& step);
// Does the step come from the workflow of the test?
bool is_from_workflow(const resolve::ResolvedTest& test, const resolve::ResolvedStep& step);
// Is the step an entry of the test, not of a component?
inline bool is_direct(const resolve::ResolvedStep& step) {
  return step.path == resolve::kNoPath;
}

}  // namespace stepreg::rules
