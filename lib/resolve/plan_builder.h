// From a resolved test to the flat plan that the executor reads.
#pragma once

#include <string>
#include <string_view>

#include "load/config_loader.h"
#include "model/settings.h"
#include "plan/plan.h"
#include "resolve/origin.h"
#include "resolve/resolver.h"

namespace stepreg::resolve {

struct PlanInput {
  const Registry& registry;
  const Origins& origins;
  const RunSettings* run = nullptr;            // null: no settings
  const load::LoadedConfig* config = nullptr;  // null for a workflow or chain alone
  const CommandLine* command_line = nullptr;
  bool bundle = false;  // embed the text of all scripts
};

// `id` is the test's id, or "workflow/NAME". The test should be resolved with `trace`. A test that
// failed, or that is no test, gives a partial plan; `problems` are its reasons, one line each.
plan::Plan build_plan(const ResolvedTest& test, std::string id, const PlanInput& input,
                      std::vector<std::string> problems);

// What a step is for (execution.md M024).
plan::Kind kind_of_step(const ResolvedTest& test, const ResolvedStep& resolved);

// What a step of `post` is, if nothing says so: a step whose name, or one of whose chains, has
// `gather`, `must-gather`, `collect` or `dump` between hyphens collects data (execution.md M024).
bool name_collects(std::string_view name);

}  // namespace stepreg::resolve
