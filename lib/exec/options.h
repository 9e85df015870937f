// What a run is told beside its plan.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "exec/journal.h"

namespace stepreg::exec {

// Which steps of `pre` and `test`, and which collection steps, are wanted. Cleanup steps are left
// out only when `skip` names them. Names may be patterns with `*` and `?`.
struct Selection {
  std::vector<std::string> only;
  std::vector<std::string> skip;
  std::string from;   // first step that runs
  std::string until;  // last one
  bool empty() const { return only.empty() && skip.empty() && from.empty() && until.empty(); }
};

enum class Keep { always, failure, never };  // of the run directory
inline bool is_kept(Keep keep, int exit_code) {
  return keep == Keep::always || (keep == Keep::failure && exit_code != 0);
}

struct RunOptions {
  RunSettings settings;
  std::string registry;  // --registry: where scripts are read that the plan does not contain
  Selection selection;
  bool ignore_stale_stop = false;
  std::optional<std::chrono::seconds> stale_age;
  double stop_hold_s = 0;  // M043
  Chaos chaos;
  bool shell_on_failure = false;
  std::vector<std::string> break_before;
  Keep keep = Keep::always;
};

}  // namespace stepreg::exec
