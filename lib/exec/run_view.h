// A run as others see it: its directory, the lock, status files and run.json (execution.md M090,
// F30). Reading never disturbs the executor, and nothing that is missing or damaged is an error.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exec/record.h"
#include "exec/run_dir.h"
#include "exec/status_file.h"

namespace stepreg::exec {

// A directory below steps/.
struct StepView {
  unsigned n = 0;
  std::string phase;
  std::string name;  // as part of the path: see path_component()
  std::string path;
  StatusRecord state;
};

struct CauseView {
  std::string kind;
  std::string phase;
  std::string step;
  std::string text;
};

// What run.json says. Empty texts: not known yet.
struct ResultView {
  std::string job;
  std::string host;
  std::string result;
  std::optional<int> exit_code;
  std::string cleanup;
  bool resumed = false;
  std::vector<CauseView> causes;  // the first one decided
  std::optional<WallTime> entered[kRunStages];
  double total_s = 0;
  std::optional<double> job_limit_s;
  std::optional<double> worst_case_cleanup_s;
  std::vector<StepRecord> steps;
  std::vector<ObserverRecord> observers;
  std::vector<LeaseReport> leases;
  std::vector<std::string> warnings;
};

struct RunView {
  RunDir dir;
  RunLife life = RunLife::died;
  StatusRecord state;  // current
  ResultView result;
  std::vector<StepView> steps;  // those that have a directory
};

// `with_steps`: also the steps' status files.
RunView view_run(const RunDir& run, bool with_steps);
ResultView read_run_json(const std::string& path);
// The step directories of a run, in order.
std::vector<StepView> view_steps(const RunDir& run);
// The step with that name, or with that number, or "PHASE/NAME"; nullptr when there is none.
const StepView* find_step(const std::vector<StepView>& steps, std::string_view name);

// When the run was created, by its id; else by its directory.
std::optional<WallTime> created_at(const RunDir& run);

}  // namespace stepreg::exec
