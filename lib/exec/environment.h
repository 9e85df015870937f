// The environment of a step that runs as a plain process (execution.md 5.1). Nothing is inherited
// but what is named here; variables of the executor win over parameters (V001).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plan/plan.h"

namespace stepreg::exec {

// Is the name one that the executor sets itself? `STEPRUN_*` all are.
bool is_reserved_variable(std::string_view name);

using Variables = std::vector<std::pair<std::string, std::string>>;

// What the environment is made of, besides the plan.
struct StepSurroundings {
  std::string run_id;
  std::string run_dir;
  std::string shared_dir;        // the private copy
  std::string committed_shared;  // <run>/shared/current
  std::string artifact_dir;
  std::string home;
  std::string kubeconfig;   // the step's own copy
  std::string profile_dir;  // empty: no profile
  std::string status_file;
  Variables leases;
  Variables credentials;     // CREDENTIAL_DIR_NAME, directory
  std::string timeout_file;  // absolute; empty: none
  unsigned attempt = 1;
  std::optional<double> deadline_epoch_s;
  std::optional<double> effective_s;
  std::optional<double> grace_s;
  // `post` only (V015).
  std::string outcome;  // "success", "failure", "aborted", "stopped", "skipped", "error"
  std::string first_failure;
  bool pre_started = false;
  bool resumed = false;
};

// NAME=VALUE, sorted by name, each name once.
std::vector<std::string> step_environment(const plan::Plan& plan, const plan::Step& step,
                                          const StepSurroundings& around);
// Observers get their own parameters and the fixed set, no leases (E273).
std::vector<std::string> observer_environment(const plan::Plan& plan,
                                              const plan::Observer& observer,
                                              const StepSurroundings& around);

}  // namespace stepreg::exec
