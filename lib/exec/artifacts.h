// Collecting and publishing what a step leaves (execution.md V030 to V035).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/wall_time.h"
#include "exec/censor.h"

namespace stepreg::exec {

inline constexpr std::uint64_t kArtifactBytes = 10ULL << 30;  // default limit per step (V033)

struct FinishedStep {
  WallTime started{};
  WallTime ended{};
  double duration_s = 0;
  bool passed = false;
  std::optional<int> exit_code;  // 130 is reported as ABORTED (V031)
  bool aborted = false;          // by a signal of ours: ABORTED as well
};

struct PublishRequest {
  std::string step_dir;  // of the run: artifacts/, build-log.txt, status
  std::string target;    // <run>/artifacts/<test>/<step>; an older one is kept as TARGET.N
  FinishedStep finished;
  const Censor* censor = nullptr;  // never null; may be empty
  std::uint64_t max_bytes = kArtifactBytes;
};

struct Published {
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
  std::uint64_t censored = 0;         // files in which a secret was found
  std::vector<std::string> warnings;  // links that lead outside, special files, unreadable ones
  std::vector<std::string> dropped;   // over the size limit; also in dropped.txt of the target
};

// Cleans step_dir/artifacts, censors it, moves it to the target, and puts build-log.txt, status
// (both linked: later records show up), finished.json and timing.json beside it. The step must be
// over. What can be published is published; an error means that the target could not be made.
Result<Published> publish_step(const PublishRequest& request);

// V034: <run>/artifacts/metadata.json, with the fields of the one custom-prow-metadata.json that
// the steps left, if any; more than one is a warning, and none is taken.
Result<std::vector<std::string>> publish_metadata(const std::string& artifacts_dir,
                                                  const std::string& job,
                                                  const std::string& run_id);

}  // namespace stepreg::exec
