#include "exec/stop_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <utility>

#include "base/check.h"
#include "base/fs.h"
#include "base/text.h"

namespace stepreg::exec {

namespace {

constexpr std::size_t kContentBytes = 4096;
constexpr std::size_t kReasonBytes = 500;

WallTime modified_at(const struct stat& info) {
  return WallTime(std::chrono::seconds(info.st_mtim.tv_sec) +
                  std::chrono::microseconds(info.st_mtim.tv_nsec / 1000));
}

std::string short_reason(std::string_view text) {
  const std::string line = one_line(text);
  return std::string(cut_utf8(trimmed(line), kReasonBytes));
}

// Whatever is not understood is ignored (M048).
void read_content(StopFile& file) {
  const Result<std::string> content = read_file(file.path, kContentBytes);
  if (!content) return;
  for (const std::string_view line : split(*content, '\n')) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string_view key = trimmed(line.substr(0, colon));
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (key == "reason") file.reason = short_reason(value);
    if (key != "after") continue;
    std::uint64_t after = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), after);
    if (error == std::errc() && end == value.data() + value.size()) file.after = after;
  }
}

WallTime machine_start() {
  const Result<std::string> text = read_file("/proc/stat", 16U << 20);
  if (!text) return {};
  const std::size_t at = text->find("\nbtime ");
  if (at == std::string::npos) return {};
  long long seconds = 0;
  const char* begin = text->data() + at + 7;
  std::from_chars(begin, text->data() + text->size(), seconds);
  return WallTime(std::chrono::seconds(seconds));
}

const char* file_name(StopKind kind) {
  return kind == StopKind::graceful ? kGracefulStopName : kFastStopName;
}

}  // namespace

const char* stop_kind_name(StopKind kind) {
  switch (kind) {
    case StopKind::none:
      return "none";
    case StopKind::fast:
      return "fast";
    case StopKind::graceful:
      return "graceful";
  }
  return "none";
}

const char* stop_scope_name(StopScope scope) {
  switch (scope) {
    case StopScope::machine:
      return "machine";
    case StopScope::run:
      return "run";
    case StopScope::directory:
      return "directory";
  }
  return "run";
}

StopFiles::StopFiles(StopSettings settings) : settings_(std::move(settings)) {}

bool StopFiles::is_stale(const StopFile& file) const {
  if (!settings_.ignore_stale || file.scope == StopScope::run) return false;
  if (file.modified < machine_start()) return true;
  return settings_.stale_age && file.modified < wall_now() - *settings_.stale_age;
}

void StopFiles::look_at(const std::string& path, StopScope scope, StopKind kind,
                        std::size_t steps_started, std::map<std::string, Seen>& now,
                        StopLook& result) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) {
    if (errno != ENOENT && warned_.insert(path).second) {
      result.warnings.push_back(system_error(path, "look for a stop file", errno).text);
    }
    return;
  }
  Seen seen;
  seen.file.path = path;
  seen.file.scope = scope;
  seen.file.kind = kind;
  seen.file.modified = modified_at(info);
  if (is_stale(seen.file)) {
    if (stale_reported_.insert(path).second) result.stale.push_back(seen.file);
    return;
  }
  read_content(seen.file);
  const auto before = seen_.find(path);
  seen.first_steps = before == seen_.end() ? steps_started : before->second.first_steps;
  if (before == seen_.end()) result.appeared.push_back(seen.file);
  if (steps_started < seen.first_steps + seen.file.after) {
    result.pending.push_back(seen.file);
  } else if (kind > result.kind) {
    result.kind = kind;
    result.decisive = seen.file;
  }
  now.emplace(path, std::move(seen));
}

StopLook StopFiles::look(std::size_t steps_started) {
  StopLook result;
  std::map<std::string, Seen> now;
  const auto look_in = [&](const std::string& directory, StopScope scope) {
    if (directory.empty()) return;
    for (const StopKind kind : {StopKind::graceful, StopKind::fast}) {
      look_at(join_path(directory, file_name(kind)), scope, kind, steps_started, now, result);
    }
  };
  look_in(settings_.run_dir, StopScope::run);
  look_in(settings_.machine_dir, StopScope::machine);
  for (const std::string& directory : settings_.further_dirs) {
    look_in(directory, StopScope::directory);
  }
  for (const auto& [path, seen] : seen_) {
    if (now.count(path) == 0) result.cleared.push_back(seen.file);
  }
  seen_ = std::move(now);
  now_ = result.kind;
  return result;
}

void StopFiles::latch() {
  latched_ = now_;
}

bool StopFiles::drops_collection() const {
  return (now_ != StopKind::none ? now_ : latched_) == StopKind::fast;
}

Result<std::string> write_stop_file(const std::string& directory, StopKind kind,
                                    std::optional<std::uint64_t> after, std::string_view reason) {
  CHECK(kind != StopKind::none);
  std::string content;
  if (after) content += "after: " + std::to_string(*after) + "\n";
  if (!reason.empty()) content += "reason: " + short_reason(reason) + "\n";
  std::string path = join_path(directory, file_name(kind));
  if (const Result<void> written = write_file_atomic(path, content); !written) {
    return written.error();
  }
  return path;
}

Result<std::vector<std::string>> remove_stop_files(const std::string& directory) {
  std::vector<std::string> removed;
  for (const StopKind kind : {StopKind::fast, StopKind::graceful}) {
    std::string path = join_path(directory, file_name(kind));
    if (::unlink(path.c_str()) == 0 || (errno == EISDIR && ::rmdir(path.c_str()) == 0)) {
      removed.push_back(std::move(path));
    } else if (errno != ENOENT) {
      return system_error(path, "remove", errno);
    }
  }
  return removed;
}

}  // namespace stepreg::exec
