#include "exec/family.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <set>

#include "base/fs.h"
#include "base/text.h"
#include "exec/process_identity.h"

namespace stepreg::exec {

namespace {

constexpr std::uint64_t kMaxProcFile = 4U << 20;

struct ProcEntry {
  pid_t pid = 0;
  pid_t parent = 0;
  bool zombie = false;
};

// /proc/PID/stat: "PID (NAME) STATE PPID ..."; the name may contain anything.
bool read_stat(pid_t pid, ProcEntry& out) {
  const auto text = read_file("/proc/" + std::to_string(pid) + "/stat", kMaxProcFile);
  if (!text) return false;
  const std::size_t end = text->rfind(')');
  if (end == std::string::npos || end + 4 >= text->size()) return false;
  out.pid = pid;
  out.zombie = (*text)[end + 2] == 'Z' || (*text)[end + 2] == 'X';
  out.parent = static_cast<pid_t>(std::atoi(text->c_str() + end + 4));
  return true;
}

std::vector<ProcEntry> all_processes() {
  std::vector<ProcEntry> out;
  const auto entries = list_directory("/proc");
  if (!entries) return out;
  for (const DirEntry& entry : *entries) {
    if (entry.name[0] < '1' || entry.name[0] > '9') continue;
    ProcEntry process;
    if (read_stat(static_cast<pid_t>(std::atoi(entry.name.c_str())), process)) {
      out.push_back(process);
    }
  }
  return out;
}

std::string environment_of(pid_t pid) {
  const auto text = read_file("/proc/" + std::to_string(pid) + "/environ", kMaxProcFile);
  return text ? std::string(1, '\0') + *text : std::string();
}

bool has_entry(const std::string& environment, const std::string& entry) {
  return environment.find('\0' + entry + '\0') != std::string::npos;
}

bool no_children() {
  siginfo_t info{};
  return ::waitid(P_ALL, 0, &info, WEXITED | WSTOPPED | WNOHANG | WNOWAIT) != 0 && errno == ECHILD;
}

bool is_among(const Processes& processes, pid_t pid) {
  const auto known = processes.find(pid);
  return known != processes.end() && known->second == start_ticks_of(pid);
}

void collect_below(pid_t root, const std::vector<ProcEntry>& processes, std::vector<pid_t>& out,
                   const Processes& spared = {}) {
  for (const ProcEntry& process : processes) {
    if (process.parent != root || is_among(spared, process.pid)) continue;
    if (!process.zombie) out.push_back(process.pid);
    collect_below(process.pid, processes, out, spared);
  }
}

}  // namespace

void Family::add(pid_t leader, std::string marker) {
  if (!marker.empty()) markers_.push_back(marker);
  leaders_[leader] = std::move(marker);
}

void Family::reaped(pid_t leader) {
  leaders_.erase(leader);
}

void Family::remove(const std::string& marker) {
  std::erase(markers_, marker);
}

void Family::give_up(const std::vector<pid_t>& processes) {
  given_up_.insert(processes.begin(), processes.end());
}

std::vector<pid_t> Family::rest_of(pid_t leader, const std::string& marker) const {
  std::vector<pid_t> out;
  if (no_children()) return out;
  const std::vector<ProcEntry> processes = all_processes();
  for (const ProcEntry& process : processes) {
    if (process.parent != ::getpid()) continue;
    if (!process.zombie && given_up_.contains(process.pid)) continue;
    if (leaders_.contains(process.pid)) {
      if (process.pid == leader) collect_below(leader, processes, out);
      continue;
    }
    if (process.zombie) {
      ::waitpid(process.pid, nullptr, WNOHANG);
      collect_below(process.pid, processes, out);
      continue;
    }
    const std::string environment = environment_of(process.pid);
    const auto marks = [&](const std::string& entry) { return has_entry(environment, entry); };
    const bool of_other = std::any_of(markers_.begin(), markers_.end(), marks);
    if (marker.empty() ? of_other : !marks(marker)) continue;
    out.push_back(process.pid);
    collect_below(process.pid, processes, out);
  }
  return out;
}

Processes descendants(const Processes& spared) {
  Processes out;
  if (no_children()) return out;
  std::vector<pid_t> below;
  collect_below(::getpid(), all_processes(), below, spared);
  for (const pid_t pid : below) out.emplace(pid, start_ticks_of(pid));
  return out;
}

std::vector<pid_t> processes_with_environment(const std::string& entry) {
  std::vector<pid_t> out;
  const std::vector<ProcEntry> processes = all_processes();
  std::set<pid_t> above;
  for (pid_t pid = ::getpid(); pid > 1 && above.insert(pid).second;) {
    ProcEntry self;
    if (!read_stat(pid, self)) break;
    pid = self.parent;
  }
  for (const ProcEntry& process : processes) {
    if (process.zombie || above.contains(process.pid)) continue;
    if (has_entry(environment_of(process.pid), entry)) out.push_back(process.pid);
  }
  return out;
}

}  // namespace stepreg::exec
