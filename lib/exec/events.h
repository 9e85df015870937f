// What a run tells while it goes on: for the live view, plain lines, and `--events`.
#pragma once

#include <optional>
#include <string>

#include "base/wall_time.h"
#include "exec/cause.h"
#include "exec/clock.h"

namespace stepreg::exec {

class OutputLog;
struct RunRecord;

struct Event {
  // "run_created", "stage", "lease_wait", "leases_held", "step_start", "step_end", "step_skip",
  // "step_terminate", "observer_start", "observer_end", "stop_requested", "stop_cleared", "signal",
  // "cause", "warning", "info", "run_end"
  const char* type = "info";
  std::string phase{};  // or the stage
  std::string step{};
  unsigned n = 0;        // of the step, from 1
  unsigned total = 0;    // steps of the plan
  std::string status{};  // PASS, FAIL, SKIPPED; the result at the end
  Cause cause = Cause::none;
  std::string text{};
  std::optional<double> limit_s{};
  std::optional<double> remaining_s{};
  std::optional<double> duration_s{};
  std::optional<int> exit_code{};
  WallTime at = wall_now();
};

// One line of JSON without line feed; absent values are left out.
std::string event_json(const Event& event, const std::string& run_id);

// The step that runs now, for a live view.
struct Progress {
  std::string phase;
  std::string step;
  unsigned n = 0;
  unsigned total = 0;
  TimePoint started{};
  TimePoint ends = kNever;
  const OutputLog* log = nullptr;
};

class Listener {
 public:
  virtual ~Listener() = default;
  virtual void on_event(const Event& event) = 0;
  // The run is over; everything is written.
  virtual void on_finish(const RunRecord& record) { (void)record; }
  // run.json could not be written: its text must reach somebody (M076).
  virtual void on_unwritten(const std::string& run_json) { (void)run_json; }
  // Called in every turn of the loop; returns when it wants to be called next.
  virtual TimePoint on_tick(const Progress* progress, TimePoint now) {
    (void)progress;
    (void)now;
    return kNever;
  }
};

}  // namespace stepreg::exec
