#include "exec/status_states.h"

#include <algorithm>

#include "exec/status_file.h"

namespace stepreg::exec {

namespace {

constexpr bool kPavilion = true;
constexpr bool kOurs = false;
constexpr bool yes = true;
constexpr bool no = false;

// name, from Pavilion, job, step, informational, settable by a step, meaning; in order of a life.
constexpr StateInfo kStates[] = {
    {"UNKNOWN", kPavilion, no, no, no, no, "cannot be determined: no record yet"},
    {"INVALID", kPavilion, yes, yes, yes, no, "a state that is not allowed was given"},
    {"STATUS_ERROR", kPavilion, no, no, no, no, "the status file itself has a problem"},
    {"STATUS_CREATED", kPavilion, yes, yes, no, no, "the file was created"},
    {"WARNING", kPavilion, yes, yes, yes, yes, "a problem that stops nothing"},
    {"INFO", kPavilion, yes, yes, yes, yes, "a message"},
    {"CREATED", kPavilion, yes, yes, no, no, "directory and first files exist"},
    {"CREATION_ERROR", kPavilion, yes, yes, no, no, "could not be created"},
    {"FINALIZED", kPavilion, yes, no, no, no, "limits and environment are computed"},
    {"SKIPPED", kPavilion, yes, yes, no, no, "not run; the note says why"},
    {"SCHEDULED", kPavilion, yes, no, no, no, "waiting for leases"},
    {"SCHED_STARTUP", kPavilion, yes, no, no, no, "all leases are held"},
    {"SCHED_RUNNING", kPavilion, no, no, no, no, "only read: an older name of Pavilion"},
    {"SCHED_CANCELLED", kPavilion, yes, no, no, no, "a lease was withdrawn while waiting"},
    {"SCHED_ERROR", kPavilion, yes, no, no, no, "the lease pool cannot be used"},
    {"PREPPING_RUN", kPavilion, yes, yes, no, no, "set-up"},
    {"ENV_FAILED", kPavilion, yes, yes, no, yes, "the environment is not there or broken"},
    {"BUILDING", kPavilion, no, yes, no, no, "the image is fetched"},
    {"BUILD_WAIT", kPavilion, no, no, no, no, "only read: waits for another build"},
    {"BUILD_DONE", kPavilion, no, yes, no, no, "the image is there"},
    {"BUILD_ERROR", kPavilion, no, yes, no, no, "the image could not be fetched"},
    {"BUILD_FAILED", kPavilion, no, no, no, no, "only read: a build failed"},
    {"BUILD_TIMEOUT", kPavilion, no, yes, no, no, "fetching the image took too long"},
    {"BUILD_REUSED", kPavilion, no, yes, no, no, "the image was there already"},
    {"BUILD_CREATED", kPavilion, no, no, no, no, "only read: a build was created"},
    {"BUILD_DEFERRED", kPavilion, no, no, no, no, "only read: built on the node"},
    {"BUILD_SUCCESS", kPavilion, no, no, no, no, "only read: a build passed"},
    {"BUILD_COPIED", kPavilion, no, no, no, no, "only read: a build was copied"},
    {"RUN_READY", kPavilion, yes, no, no, no, "waiting for its turn on this machine"},
    {"RUNNING", kPavilion, yes, yes, no, no, "running"},
    {"RUN_USER", kPavilion, no, yes, no, yes, "set by the step itself"},
    {"RUN_TIMEOUT", kPavilion, no, yes, no, no, "idle limit: too long without a sign of life"},
    {"RUN_ERROR", kPavilion, yes, yes, no, no, "the program could not be started"},
    {"RUN_DONE", kPavilion, no, yes, no, no, "ended by itself"},
    {"CANCELLED", kPavilion, yes, yes, no, no, "ended by a signal"},
    {"ABORTED", kPavilion, yes, yes, no, no, "ended through no fault of its own"},
    {"RESULTS", kPavilion, yes, yes, no, no, "results are written"},
    {"RESULTS_ERROR", kPavilion, yes, yes, no, no, "a result file could not be written"},
    {"COMPLETE", kPavilion, yes, yes, no, no, "the last record"},
    {"STEP_TIMEOUT", kOurs, no, yes, no, no, "step limit"},
    {"PHASE_TIMEOUT", kOurs, yes, yes, no, no, "phase limit"},
    {"JOB_TIMEOUT", kOurs, yes, yes, no, no, "job limit"},
    {"TERMINATING", kOurs, no, yes, no, no, "was asked to end"},
    {"STOP_REQUESTED", kOurs, yes, no, no, no, "a stop file was seen"},
    {"STOP_CLEARED", kOurs, yes, no, yes, no, "the stop file is gone again"},
    {"LEASE_ERROR", kOurs, yes, no, no, no, "a lease is not to be had"},
    {"LEASE_LOST", kOurs, yes, no, no, no, "a lease was taken away"},
    {"SHARED_ERROR", kOurs, no, yes, no, no, "the shared directory could not be committed"},
    {"CLEANUP", kOurs, yes, no, no, no, "the phase `post` was entered"},
    {"CLEANUP_FAILED", kOurs, yes, yes, no, no, "a cleanup step or a release failed"},
    {"RELEASING", kOurs, yes, no, no, no, "leases and credentials are given back"},
    {"RESUMED", kOurs, yes, no, no, no, "a new executor took over"},
};

}  // namespace

std::span<const StateInfo> status_states() {
  return kStates;
}

const StateInfo* find_state(std::string_view name) {
  const auto* found = std::find_if(std::begin(kStates), std::end(kStates),
                                   [name](const StateInfo& state) { return state.name == name; });
  return found == std::end(kStates) ? nullptr : found;
}

bool is_well_formed_state(std::string_view name) {
  if (name.empty() || name.size() > kStatusStateBytes) return false;
  if (name.front() < 'A' || name.front() > 'Z') return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

bool is_informational_state(std::string_view name) {
  const StateInfo* state = find_state(name);
  return state != nullptr && state->informational;
}

}  // namespace stepreg::exec
