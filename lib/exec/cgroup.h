// The control groups of one step, where the machine lets us make them: one that names every process
// of the step whatever that does, and one that limits its memory. Nothing depends on them; without
// them the process tree counts and memory is not limited.
//
// Found at run time: version 2 (one tree, mounted at /sys/fs/cgroup or, beside version 1, at
// /sys/fs/cgroup/unified) and the memory controller of version 1.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace stepreg::exec {

class Cgroup {
 public:
  // Below our own groups. nullopt when none can be made.
  static std::optional<Cgroup> create(const std::string& name,
                                      std::optional<std::uint64_t> memory_bytes);
  // Those of a run that died.
  static std::optional<Cgroup> open(const std::vector<std::string>& directories);

  const std::vector<std::string>& directories() const { return directories_; }
  bool limits_memory() const { return !memory_.empty(); }
  void kill() const;
  // Processes that the memory killer ended (M038); 0 when memory is not limited.
  std::uint64_t oom_kills() const;
  void remove() const;

 private:
  Cgroup() = default;

  std::vector<std::string> directories_;  // every process of the step is in each
  std::string memory_;                    // the one of them that limits memory; empty: none
};

}  // namespace stepreg::exec
