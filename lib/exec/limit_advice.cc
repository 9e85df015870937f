#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

#include "base/text.h"
#include "exec/history.h"
#include "exec/json_fields.h"

namespace stepreg::exec {

namespace {

using Json = nlohmann::ordered_json;
using Runs = std::vector<const DurationRecord*>;  // of one step, oldest first

constexpr double kTightShare = 0.85;         // E439
constexpr double kExcessiveFactor = 3;       // T062
constexpr double kExcessiveMargin = 5 * 60;  // seconds
constexpr std::size_t kExcessiveRuns = 5;    // successful ones
constexpr double kRegressionFactor = 3;      // E414
constexpr double kReserve = 1.2;             // T063

// Nearest rank; `sorted` is not empty.
double quantile(const std::vector<double>& sorted, double share) {
  const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
  return sorted[std::max<std::size_t>(rank, 1) - 1];
}

std::vector<double> sorted_durations(const Runs& runs, bool successful_only) {
  std::vector<double> durations;
  for (const DurationRecord* run : runs) {
    if (!successful_only || run->outcome == "PASS") durations.push_back(run->duration_s);
  }
  std::sort(durations.begin(), durations.end());
  return durations;
}

bool was_timed_out(const DurationRecord& run) {
  return run.cause.ends_with("_timeout");
}

bool is_tight(const Runs& runs) {
  return std::any_of(runs.begin(), runs.end(), [](const DurationRecord* run) {
    return run->outcome == "PASS" && run->effective_s &&
           run->duration_s >= kTightShare * *run->effective_s;
  });
}

bool is_regression(const Runs& runs) {
  if (runs.size() < 2) return false;
  const Runs earlier(runs.begin(), runs.end() - 1);
  const std::vector<double> durations = sorted_durations(earlier, false);
  return runs.back()->duration_s > kRegressionFactor * quantile(durations, 0.5);
}

std::vector<std::string> flags_of(const Runs& runs, const LimitAdvice& advice) {
  std::vector<std::string> flags;
  if (is_tight(runs)) flags.emplace_back("tight");
  const bool excessive = advice.passed >= kExcessiveRuns && advice.limit_s && advice.longest_s &&
                         *advice.limit_s > kExcessiveFactor * *advice.longest_s &&
                         *advice.limit_s - *advice.longest_s > kExcessiveMargin;
  if (excessive) flags.emplace_back("excessive");
  if (advice.rule == "default") flags.emplace_back("default");
  if (is_regression(runs)) flags.emplace_back("regression");
  const auto hits = std::count_if(runs.begin(), runs.end(),
                                  [](const DurationRecord* run) { return was_timed_out(*run); });
  if (hits > 0) flags.push_back("timed out " + std::to_string(hits) + "x");
  return flags;
}

LimitAdvice advice_for(const Runs& runs) {
  const DurationRecord& last = *runs.back();
  LimitAdvice advice;
  advice.job = last.job;
  advice.phase = last.phase;
  advice.step = last.step;
  advice.limit_s = last.limit_s;
  advice.rule = last.rule;
  advice.runs = runs.size();
  advice.last_s = last.duration_s;
  for (const DurationRecord* run : runs) {
    advice.longest_silence_s = std::max(advice.longest_silence_s, run->longest_silence_s);
  }
  const std::vector<double> passed = sorted_durations(runs, true);
  advice.passed = passed.size();
  if (!passed.empty()) {
    advice.longest_s = passed.back();
    advice.p95_s = quantile(passed, 0.95);
    advice.median_s = quantile(passed, 0.5);
    advice.suggested_s = suggested_limit_s(passed.back());
    if (advice.limit_s && passed.back() > 0) advice.ratio = *advice.limit_s / passed.back();
  }
  advice.flags = flags_of(runs, advice);
  return advice;
}

Json number(const std::optional<double>& value) {
  return value ? Json(*value) : Json();
}

Json step_json(const DurationRecord& record, const std::vector<LimitAdvice>& advice) {
  Json json = {{"phase", record.phase},
               {"step", record.step},
               {"duration_s", record.duration_s},
               {"outcome", record.outcome},
               {"cause", record.cause.empty() ? Json() : Json(record.cause)},
               {"limit_s", number(record.limit_s)},
               {"rule", record.rule},
               {"effective_s", number(record.effective_s)},
               {"bound", record.bound},
               {"idle_s", number(record.idle_s)},
               {"longest_silence_s", record.longest_silence_s},
               {"grace_used_s", record.grace_used_s}};
  for (const LimitAdvice& one : advice) {
    if (one.job != record.job || one.phase != record.phase || one.step != record.step) continue;
    json["suggested_s"] = number(one.suggested_s);
    json["flags"] = one.flags;
  }
  return json;
}

}  // namespace

double suggested_limit_s(double longest_s) {
  constexpr double kMinute = 60;
  constexpr double kHour = 3600;
  const double wanted = longest_s * kReserve;
  const double unit = wanted < kHour ? kMinute : wanted < 4 * kHour ? 5 * kMinute : 30 * kMinute;
  // A little tolerance: 10 minutes + 20 % are 12 minutes, not 12 and a rounding error.
  return std::max(kMinute, std::ceil(wanted / unit - 1e-9) * unit);
}

std::vector<LimitAdvice> advise_limits(const std::vector<DurationRecord>& records,
                                       const AdviceFilter& filter) {
  using Key = std::tuple<std::string, std::string, std::string>;
  std::map<Key, Runs> steps;
  for (const DurationRecord& record : records) {
    if (!filter.job.empty() && !glob_match(filter.job, record.job)) continue;
    steps[{record.job, record.phase, record.step}].push_back(&record);
  }
  struct Entry {
    WallTime last;
    LimitAdvice advice;
  };
  std::vector<Entry> entries;
  for (auto& [key, runs] : steps) {
    std::stable_sort(
        runs.begin(), runs.end(),
        [](const DurationRecord* a, const DurationRecord* b) { return a->start < b->start; });
    if (filter.runs && runs.size() > *filter.runs) {
      runs.erase(runs.begin(), runs.end() - static_cast<std::ptrdiff_t>(*filter.runs));
    }
    if (!runs.empty()) entries.push_back({runs.back()->start, advice_for(runs)});
  }
  std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return std::tie(a.advice.job, a.last) < std::tie(b.advice.job, b.last);
  });
  std::vector<LimitAdvice> advice;
  for (Entry& entry : entries) advice.push_back(std::move(entry.advice));
  return advice;
}

std::string timeouts_json(const std::string& run_id, const std::string& job,
                          std::optional<double> job_limit_s,
                          const std::vector<DurationRecord>& of_run,
                          const std::vector<DurationRecord>& history) {
  const std::vector<LimitAdvice> advice = advise_limits(history, {});
  std::map<std::string, double> phases;
  double guarded = 0;  // the job limit covers pre and test
  Json steps = Json::array();
  for (const DurationRecord& record : of_run) {
    phases[record.phase] += record.duration_s;
    if (record.phase != "post") guarded += record.duration_s;
    steps.push_back(step_json(record, advice));
  }
  Json totals = Json::object();
  for (const char* phase : {"pre", "test", "post"}) totals[phase] = phases[phase];
  const Json json = {{"version", 1},
                     {"run", run_id},
                     {"job", job},
                     {"job_limit_s", number(job_limit_s)},
                     {"job_suggested_s", suggested_limit_s(guarded)},
                     {"phases", totals},
                     {"steps", steps}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace stepreg::exec
