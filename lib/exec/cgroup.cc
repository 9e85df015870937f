#include "exec/cgroup.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>

#include "base/fs.h"
#include "base/text.h"
#include "base/unique_fd.h"

namespace stepreg::exec {

namespace {

constexpr std::uint64_t kMaxBytes = 1U << 20;
constexpr const char* kMounts[] = {"/sys/fs/cgroup", "/sys/fs/cgroup/unified"};
constexpr const char* kMemoryMount = "/sys/fs/cgroup/memory";

// Our own groups in the two versions; empty: none.
struct OwnGroups {
  std::string unified;
  std::string memory;  // of version 1
};

// Lines of /proc/self/cgroup: "0::PATH" is version 2, "4:memory:PATH" version 1.
OwnGroups own_groups() {
  OwnGroups out;
  const auto text = read_file("/proc/self/cgroup", kMaxBytes);
  if (!text) return out;
  for (std::string_view line : split(*text, '\n')) {
    const auto parts = split(line, ':');
    if (parts.size() != 3) continue;
    const std::string path(parts[2] == "/" ? "" : parts[2]);
    if (parts[1] == "memory") out.memory = kMemoryMount + path;
    if (parts[0] != "0") continue;
    for (const char* mount : kMounts) {
      if (path_exists(mount + path + "/cgroup.procs")) out.unified = mount + path;
    }
  }
  if (!path_exists(out.memory + "/memory.limit_in_bytes")) out.memory.clear();
  return out;
}

bool write_value(const std::string& path, std::string_view value) {
  const UniqueFd fd(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  return fd.valid() && write_all(fd.get(), value);
}

// The number after `key` in a file of "KEY NUMBER" lines.
std::uint64_t value_of(const std::string& path, std::string_view key) {
  const auto text = read_file(path, kMaxBytes);
  if (!text) return 0;
  for (std::string_view line : split(*text, '\n')) {
    if (line.starts_with(key) && line.size() > key.size() && line[key.size()] == ' ') {
      return std::strtoull(std::string(line.substr(key.size() + 1)).c_str(), nullptr, 10);
    }
  }
  return 0;
}

bool is_writable(const std::string& path) {
  return ::access(path.c_str(), W_OK) == 0;
}

// A group that names all processes: it can be emptied at once with `cgroup.kill` (Linux 5.14).
std::string make_unified(const std::string& parent, const std::string& name) {
  const std::string path = join_path(parent, name);
  if (parent.empty() || ::mkdir(path.c_str(), 0755) != 0) return {};
  if (is_writable(path + "/cgroup.procs") && is_writable(path + "/cgroup.kill")) return path;
  ::rmdir(path.c_str());
  return {};
}

// Swap counts as well, where the kernel counts it.
bool limit_unified(const std::string& parent, const std::string& path, const std::string& bytes) {
  (void)write_value(parent + "/cgroup.subtree_control", "+memory");
  if (!write_value(path + "/memory.max", bytes)) return false;
  (void)write_value(path + "/memory.swap.max", "0");
  return true;
}

std::string make_memory_v1(const std::string& parent, const std::string& name,
                           const std::string& bytes) {
  const std::string path = join_path(parent, name);
  if (parent.empty() || ::mkdir(path.c_str(), 0755) != 0) return {};
  if (write_value(path + "/memory.limit_in_bytes", bytes) && is_writable(path + "/cgroup.procs")) {
    (void)write_value(path + "/memory.memsw.limit_in_bytes", bytes);
    return path;
  }
  ::rmdir(path.c_str());
  return {};
}

void kill_members(const std::string& path) {
  if (write_value(path + "/cgroup.kill", "1")) return;
  const auto text = read_file(path + "/cgroup.procs", kMaxBytes);
  if (!text) return;
  for (std::string_view line : split(*text, '\n')) {
    const int pid = std::atoi(std::string(line).c_str());
    if (pid > 1) ::kill(pid, SIGKILL);
  }
}

}  // namespace

std::optional<Cgroup> Cgroup::create(const std::string& name,
                                     std::optional<std::uint64_t> memory_bytes) {
  static const OwnGroups own = own_groups();
  const std::string directory = "steprun-" + name;
  Cgroup out;
  const std::string unified = make_unified(own.unified, directory);
  if (!unified.empty()) out.directories_.push_back(unified);
  if (memory_bytes) {
    const std::string bytes = std::to_string(*memory_bytes);
    if (!unified.empty() && limit_unified(own.unified, unified, bytes)) {
      out.memory_ = unified;
    } else if (out.memory_ = make_memory_v1(own.memory, directory, bytes); !out.memory_.empty()) {
      out.directories_.push_back(out.memory_);
    }
  }
  if (out.directories_.empty()) return std::nullopt;
  return out;
}

std::optional<Cgroup> Cgroup::open(const std::vector<std::string>& directories) {
  Cgroup out;
  for (const std::string& path : directories) {
    if (path_exists(path + "/cgroup.procs")) out.directories_.push_back(path);
  }
  if (out.directories_.empty()) return std::nullopt;
  return out;
}

void Cgroup::kill() const {
  for (const std::string& path : directories_) kill_members(path);
}

std::uint64_t Cgroup::oom_kills() const {
  if (memory_.empty()) return 0;
  return value_of(memory_ + "/memory.events", "oom_kill") +
         value_of(memory_ + "/memory.oom_control", "oom_kill");
}

void Cgroup::remove() const {
  for (const std::string& path : directories_) ::rmdir(path.c_str());
}

}  // namespace stepreg::exec
