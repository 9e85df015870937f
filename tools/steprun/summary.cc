#include "steprun/summary.h"

#include <algorithm>

#include "base/fs.h"
#include "base/text.h"
#include "exec/wording.h"

namespace stepreg::steprun {

namespace {

constexpr std::size_t kLinesShown = 10;

using exec::StepRecord;
using exec::StepStatus;

std::string counts(const exec::RunRecord& record) {
  std::size_t passed = 0, failed = 0, skipped = 0;
  for (const StepRecord& step : record.steps) {
    if (step.status == StepStatus::pass) ++passed;
    if (step.status == StepStatus::fail) ++failed;
    if (step.status == StepStatus::skipped) ++skipped;
  }
  return std::to_string(passed) + " passed, " + std::to_string(failed) + " failed, " +
         std::to_string(skipped) + " skipped";
}

const StepRecord* first_failed(const exec::RunRecord& record) {
  const StepRecord* tolerated = nullptr;
  for (const StepRecord& step : record.steps) {
    if (step.status != StepStatus::fail) continue;
    if (!step.tolerated) return &step;
    if (tolerated == nullptr) tolerated = &step;
  }
  return tolerated;
}

std::string failed_step(const StepRecord& step, const exec::RunDir& dir, bool kept) {
  std::string out = (step.tolerated ? "  failed, tolerated: " : "  failed: ") +
                    std::string(plan::phase_name(step.phase)) + "/" + step.name + ": " +
                    step.reason + "\n";
  const std::size_t first =
      step.last_lines.size() > kLinesShown ? step.last_lines.size() - kLinesShown : 0;
  for (std::size_t i = first; i < step.last_lines.size(); ++i) {
    out += "    | " + step.last_lines[i] + "\n";
  }
  if (!step.log.empty() && kept) out += "  log:    " + join_path(dir.path(), step.log) + "\n";
  return out;
}

}  // namespace

std::string summary_of(const exec::RunRecord& record, const exec::RunDir& dir,
                       const SummaryOptions& options) {
  std::string result = exec::result_name(record.result);
  if (options.colour) {
    result = (record.exit_code == 0 ? "\033[32m" : "\033[31m") + result + "\033[0m";
  }
  std::string out = result + " after " + exec::short_seconds(record.total_s) + ": " +
                    counts(record) + "; cleanup: " + exec::verdict_name(record.cleanup) +
                    "; exit code " + std::to_string(record.exit_code) + "\n";
  if (!record.causes.empty()) out += "  cause:  " + record.causes.front().text + "\n";
  if (const StepRecord* step = first_failed(record)) out += failed_step(*step, dir, options.kept);
  if (record.cleanup == exec::Verdict::failed || record.cleanup == exec::Verdict::incomplete) {
    out += "  something may have been left behind; look at the steps of `post`\n";
  }
  return out + "  run:    " + (options.kept ? dir.path() : dir.id() + " (not kept)") + "\n";
}

}  // namespace stepreg::steprun
