// A control group (version 2) for one step, where the machine lets us make one: it names every
// process of the step whatever that does. Nothing depends on it; without it the process tree
// counts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace stepreg::exec {

class Cgroup {
 public:
  // Below our own group. nullopt when groups are not delegated to us or cannot be emptied with
  // `cgroup.kill` (Linux 5.14).
  static std::optional<Cgroup> create(const std::string& name);
  // An existing one, of a run that died.
  static std::optional<Cgroup> open(const std::string& path);

  const std::string& path() const { return path_; }
  bool populated() const;
  void kill() const;
  // Processes that the memory killer ended (M038); 0 when the group does not count memory.
  std::uint64_t oom_kills() const;
  void remove() const;

 private:
  explicit Cgroup(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

}  // namespace stepreg::exec
