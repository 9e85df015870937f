// Why something ended or did not run: the fixed vocabulary of run.json (execution.md R041).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace stepreg::exec {

enum class Cause : std::uint8_t {
  none,
  // Of a step that failed.
  exit_nonzero,
  signal_death,
  step_timeout,
  idle_timeout,
  phase_timeout,
  job_timeout,
  aborted_signal,  // also the reason of steps that were skipped because of a signal
  lease_lost,      // likewise
  start_error,
  image_pull,
  env_error,
  shared_dir_error,
  out_of_memory,
  unreaped,  // likewise
  executor_died,
  // Of a step that was skipped.
  predecessor_failed,
  pre_incomplete,
  stop_fast,
  stop_graceful,
  optional_on_success,
  setup_failed,
  setup_skip,
  no_lease,
  limit_exhausted,
  post_budget,
  collection_dropped,
  not_needed,
  not_selected,
  // Of the run only.
  lease_error,
  release_error,
  disk_error,
};

const char* cause_name(Cause cause);  // "" for none
std::optional<Cause> cause_named(std::string_view name);

// How a cause decides the result of a run (execution.md 2.9).
enum class Blame : std::uint8_t { failure, error, stopped, skipped, job_timeout, aborted };
Blame blame_of(Cause cause);

}  // namespace stepreg::exec
