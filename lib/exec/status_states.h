// The states of status files (execution.md 4.4): Pavilion's 39 and our additions.
#pragma once

#include <span>
#include <string_view>

namespace stepreg::exec {

struct StateInfo {
  std::string_view name;
  bool pavilion;             // known to Pavilion; ours otherwise
  bool job;                  // used in job status files here
  bool step;                 // used in step status files here
  bool informational;        // does not change what current() returns (S027)
  bool from_step;            // a step may set it on itself (S031)
  std::string_view meaning;  // here; for states that are only read: there
};

std::span<const StateInfo> status_states();
const StateInfo* find_state(std::string_view name);  // nullptr: not in the table

// 1 to 15 bytes: a capital letter, then capitals, digits, underscores.
bool is_well_formed_state(std::string_view name);
bool is_informational_state(std::string_view name);

}  // namespace stepreg::exec
