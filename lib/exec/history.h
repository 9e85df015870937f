// Recorded durations of steps, and what they say about limits (execution.md 3.9).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/wall_time.h"

namespace stepreg::exec {

inline constexpr std::size_t kHistoryPerStep = 200;   // newest records kept per job and step (T060)
inline constexpr std::size_t kHistoryTotal = 100000;  // and of all together: about 50 MB

// One finished step.
struct DurationRecord {
  std::string run;
  std::string job;
  std::string phase;
  std::string step;
  WallTime start{};
  double duration_s = 0;
  std::optional<double> limit_s;      // as configured; nullopt: none
  std::string rule;                   // plan::Limit::rule
  std::optional<double> effective_s;  // smallest bound at the start
  std::string bound;                  // which one that was: "step", "phase", "job"
  std::optional<double> idle_s;
  double longest_silence_s = 0;
  double grace_used_s = 0;
  std::string outcome;  // PASS, FAIL
  std::string cause;    // empty for PASS
  std::string host;
  std::string plan_sha256;
  bool operator==(const DurationRecord&) const = default;
};

// Appends one line; several runs may do so at once. Now and then the file is rewritten with the
// newest kHistoryPerStep records of each job and step.
Result<void> append_duration(const std::string& history_file, const DurationRecord& record);
// Oldest first. Damaged lines are left out; a missing file has no records.
Result<std::vector<DurationRecord>> read_durations(const std::string& history_file);

// What `report timeouts` says about one step of one job (T061).
struct LimitAdvice {
  std::string job;
  std::string phase;
  std::string step;
  std::optional<double> limit_s;  // of the last record
  std::string rule;
  std::size_t runs = 0;
  std::size_t passed = 0;
  std::optional<double> longest_s;  // of successful runs; nullopt: none was
  std::optional<double> p95_s;      // of successful runs, nearest rank
  std::optional<double> median_s;
  double last_s = 0;
  double longest_silence_s = 0;
  std::optional<double> ratio;        // limit / longest
  std::optional<double> suggested_s;  // T063
  std::vector<std::string> flags;  // tight, excessive, default, regression, "timed out 2x" (T062)
};

struct AdviceFilter {
  std::string job{};                  // empty: all; a pattern with * and ?
  std::optional<std::size_t> runs{};  // only the newest so many records of each step
};

// Sorted by job; steps in the order of their last run.
std::vector<LimitAdvice> advise_limits(const std::vector<DurationRecord>& records,
                                       const AdviceFilter& filter);
// Longest successful + 20 %, rounded up to whole minutes below 1 h, to 5 minutes below 4 h, else to
// 30 minutes; never below 1 minute (T063).
double suggested_limit_s(double longest_s);

// timeouts.json of one run (T064): its steps, with advice from the history including them, and a
// suggestion for the job limit from the sum of the phases.
std::string timeouts_json(const std::string& run_id, const std::string& job,
                          std::optional<double> job_limit_s,
                          const std::vector<DurationRecord>& of_run,
                          const std::vector<DurationRecord>& history);

}  // namespace stepreg::exec
