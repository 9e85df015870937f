#include "exec/cause.h"

#include <iterator>

namespace stepreg::exec {

namespace {

// In the order of the enumeration.
constexpr const char* kNames[] = {
    "",
    "exit_nonzero",
    "signal_death",
    "step_timeout",
    "idle_timeout",
    "phase_timeout",
    "job_timeout",
    "aborted_signal",
    "lease_lost",
    "start_error",
    "image_pull",
    "env_error",
    "shared_dir_error",
    "out_of_memory",
    "unreaped",
    "executor_died",
    "predecessor_failed",
    "pre_incomplete",
    "stop_fast",
    "stop_graceful",
    "optional_on_success",
    "setup_failed",
    "setup_skip",
    "no_lease",
    "limit_exhausted",
    "post_budget",
    "collection_dropped",
    "not_needed",
    "not_selected",
    "lease_error",
    "release_error",
    "disk_error",
};
static_assert(std::size(kNames) == static_cast<std::size_t>(Cause::disk_error) + 1);

}  // namespace

const char* cause_name(Cause cause) {
  return kNames[static_cast<std::size_t>(cause)];
}

std::optional<Cause> cause_named(std::string_view name) {
  for (std::size_t i = 0; i < std::size(kNames); ++i) {
    if (name == kNames[i]) return static_cast<Cause>(i);
  }
  return std::nullopt;
}

Blame blame_of(Cause cause) {
  switch (cause) {
    case Cause::stop_fast:
    case Cause::stop_graceful:
      return Blame::stopped;
    case Cause::setup_skip:
      return Blame::skipped;
    case Cause::job_timeout:
      return Blame::job_timeout;
    case Cause::aborted_signal:
      return Blame::aborted;
    case Cause::lease_lost:
    case Cause::unreaped:
    case Cause::executor_died:
    case Cause::setup_failed:
    case Cause::no_lease:
    case Cause::lease_error:
    case Cause::release_error:
    case Cause::disk_error:
      return Blame::error;
    default:
      return Blame::failure;
  }
}

}  // namespace stepreg::exec
