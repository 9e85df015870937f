// Limits that cannot be meant, or that never strike (execution.md 3.8, T070 to T083, and 8.2).
#pragma once

#include <string>

#include "diag/sink.h"
#include "load/config_loader.h"
#include "model/settings.h"
#include "resolve/limits.h"
#include "resolve/resolved.h"
#include "rules/step_rules.h"

namespace stepreg::rules {

// The limits that a step gives itself (SR727, SR728).
void check_own_limits(const Step& step, const StepContext& context);

// The limits of the tests of one configuration (SR720 to SR723, SR727 to SR734). `run` is null for
// a project without `run:` in its settings: some rules then have nothing to say.
class LimitCheck {
 public:
  LimitCheck(const load::LoadedConfig& config, const RunSettings* run, Sink& sink)
      : config_(config), run_(run), sink_(sink) {}

  void check(const resolve::ResolvedTest& test);

 private:
  const load::LoadedConfig& config_;
  const RunSettings* run_;
  Sink& sink_;
  bool job_limit_reported_ = false;  // once per file
};

// What a workflow says of limits, by itself (SR732 to SR734).
void check_limits_of_workflow(const resolve::ResolvedTest& workflow, const std::string& id,
                              Sink& sink);

}  // namespace stepreg::rules
