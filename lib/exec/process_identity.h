// Which process is meant, also after its pid was given to another one (execution.md M090, E340).
#pragma once

#include <cstdint>
#include <string>

namespace stepreg::exec {

struct ProcessIdentity {
  std::int64_t pid = 0;           // 0: nobody
  std::uint64_t start_ticks = 0;  // field 22 of /proc/PID/stat: clock ticks since boot
  std::string boot_id;            // /proc/sys/kernel/random/boot_id
  bool operator==(const ProcessIdentity&) const = default;
};

// Read anew on each call: a fork changes the answer.
ProcessIdentity self_identity();
const std::string& boot_id();  // read once
// Start ticks of a process of this boot; 0 when there is none (or /proc is not readable).
std::uint64_t start_ticks_of(std::int64_t pid);
// Is exactly this process still there? A zombie counts as dead.
bool is_alive(const ProcessIdentity& process);

}  // namespace stepreg::exec
