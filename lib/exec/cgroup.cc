#include "exec/cgroup.h"

#include <fcntl.h>
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

// The directory of our own group: the line "0::PATH" of /proc/self/cgroup below the mount.
std::string own_group() {
  const auto text = read_file("/proc/self/cgroup", kMaxBytes);
  if (!text) return {};
  for (std::string_view line : split(*text, '\n')) {
    if (!line.starts_with("0::/")) continue;
    for (const char* mount : kMounts) {
      const std::string path = std::string(mount) + std::string(line.substr(3));
      if (path_exists(path + "/cgroup.procs")) return path;
    }
  }
  return {};
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

}  // namespace

std::optional<Cgroup> Cgroup::create(const std::string& name) {
  static const std::string parent = own_group();
  if (parent.empty()) return std::nullopt;
  const std::string path = join_path(parent, "steprun-" + name);
  if (::mkdir(path.c_str(), 0755) != 0) return std::nullopt;
  const Cgroup group(path);
  if (::access((path + "/cgroup.procs").c_str(), W_OK) == 0 &&
      ::access((path + "/cgroup.kill").c_str(), W_OK) == 0) {
    return group;
  }
  group.remove();
  return std::nullopt;
}

std::optional<Cgroup> Cgroup::open(const std::string& path) {
  if (path.empty() || !path_exists(path + "/cgroup.procs")) return std::nullopt;
  return Cgroup(path);
}

bool Cgroup::populated() const {
  return value_of(path_ + "/cgroup.events", "populated") != 0;
}

void Cgroup::kill() const {
  write_value(path_ + "/cgroup.kill", "1");
}

std::uint64_t Cgroup::oom_kills() const {
  return value_of(path_ + "/memory.events", "oom_kill");
}

void Cgroup::remove() const {
  ::rmdir(path_.c_str());
}

}  // namespace stepreg::exec
