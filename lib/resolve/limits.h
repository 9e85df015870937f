// Which limit applies to a step, and where it comes from (execution.md T020 to T022).
#pragma once

#include <string_view>
#include <vector>

#include "model/settings.h"
#include "plan/plan.h"
#include "resolve/origin.h"
#include "resolve/resolved.h"

namespace stepreg::resolve {

// The sources of limits that apply to one test.
struct LimitSources {
  // `timeouts` of the job, the weakest first: defaults of the settings, workflow, test, settings by
  // test id.
  struct Layer {
    const Timeouts* timeouts;
    Source source;
    std::string_view settings_path;  // for layers of the settings: "run.timeouts"
  };
  std::vector<Layer> job;
  const Timeouts* machine = nullptr;  // `run.timeouts`: its named entries
};

LimitSources limit_sources(const ResolvedTest& test, std::string_view id, const RunSettings* run);

struct StepLimits {
  plan::Limit timeout, grace, idle;
};
StepLimits limits_of_step(const LimitSources& sources, const Origins& origins, Phase phase,
                          const Step& step);

// Every limit that was given, from the weakest to the one in effect; the first is the built-in one.
struct LimitCandidate {
  plan::Limit limit;
  Place place;  // absent for the built-in limit
};
struct StepLimitHistory {
  std::vector<LimitCandidate> timeout, grace, idle;
};
// Does the step bring the system under test to a known state? It or the settings say so (T056).
bool resets_system(const Step& step, const RunSettings* run);

StepLimitHistory limit_history_of_step(const LimitSources& sources, const Origins& origins,
                                       Phase phase, const Step& step);

// The limits of the job as a whole: fills the fields of `job`.
void set_job_limits(const LimitSources& sources, const Origins& origins, const TestEntry* test,
                    plan::Job& job);

}  // namespace stepreg::resolve
