// The descendants of this process. As a child subreaper it inherits orphans, also those that moved
// to another process group or session, so nothing that a step started can hide (M032).
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace stepreg::exec {

class Family {
 public:
  // A process that was started by us. `marker` is an entry of its environment, such as
  // "STEPRUN_OBSERVER=watch": it tells whose an orphan is. An orphan without the marker of anybody
  // belongs to the member whose marker is empty.
  void add(pid_t leader, std::string marker);
  void reaped(pid_t leader);  // the leader is gone; what it started may still be there
  void remove(const std::string& marker);
  // Processes that even KILL did not end are nobody's from here on (M035).
  void give_up(const std::vector<pid_t>& processes);

  // Living processes of a member without its leader. Reaps orphans that ended.
  std::vector<pid_t> rest_of(pid_t leader, const std::string& marker) const;

 private:
  std::map<pid_t, std::string> leaders_;  // alive, or zombies that we have not reaped
  std::vector<std::string> markers_;      // of all members, except the empty one
  std::set<pid_t> given_up_;
};

// Living descendants of this process with their start (see start_ticks_of). What `spared` has is
// left out, with all that is below it.
using Processes = std::map<pid_t, std::uint64_t>;
Processes descendants(const Processes& spared = {});

// Living processes anywhere whose environment has this entry, except the caller and those above it:
// what a dead executor left (M091).
std::vector<pid_t> processes_with_environment(const std::string& entry);

}  // namespace stepreg::exec
