#include "exec/remove_run.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdio>

#include "base/fs.h"
#include "base/text.h"
#include "exec/run_view.h"

namespace stepreg::exec {

namespace {

constexpr const char* kGone = ".gone-";
constexpr const char* kNew = ".new-";

// Credentials of a run that died are still in memory: `credentials` is a link to them.
Result<void> remove_credentials(const RunDir& run) {
  char target[PATH_MAX];
  const ssize_t size = ::readlink(run.credentials().c_str(), target, sizeof target);
  if (size <= 0 || size == static_cast<ssize_t>(sizeof target)) return {};
  const std::string memory(target, static_cast<std::size_t>(size));
  // Only what can only be ours.
  if (memory != "/dev/shm/steprun-" + run.id()) return {};
  return remove_tree(memory);
}

}  // namespace

std::optional<std::string> why_keep(const RunDir& run, bool force) {
  const RunLife life = probe_run(run);
  if (life == RunLife::active) return "its executor is at work";
  if (force) return std::nullopt;
  if (const auto known = check_run_version(run); !known) return known.error().text;
  if (life == RunLife::died) {
    return "its executor died; `steprun resume --cleanup-only " + run.id() + "` first, or --force";
  }
  const std::string verdict = read_run_json(run.run_json()).cleanup;
  if (verdict == "clean" || verdict == "not_needed") return std::nullopt;
  return "its cleanup verdict is " + in_quotes(verdict.empty() ? "unknown" : verdict) +
         ": something may have leaked; --force removes it all the same";
}

Result<void> remove_run(const RunDir& run) {
  const Result<RunLock> lock = RunLock::take(run);
  if (!lock) return lock.error();
  if (Result<void> removed = remove_credentials(run); !removed) return removed;
  const std::string gone = join_path(parent_path(run.path()), kGone + run.id());
  if (::rename(run.path().c_str(), gone.c_str()) != 0) {
    return system_error(run.path(), "remove", errno);
  }
  return remove_tree(gone);
}

void remove_leftovers(const StateRoot& root) {
  const Result<std::vector<DirEntry>> entries = list_directory(root.runs());
  if (!entries) return;
  for (const DirEntry& entry : *entries) {
    const bool gone = entry.name.starts_with(kGone);
    const bool half_made = entry.name.starts_with(kNew);
    if (!gone && !half_made) continue;
    const RunDir run(join_path(root.runs(), entry.name));
    // Somebody may be creating or removing it just now.
    if (!path_exists(run.lock()) || probe_run(run) == RunLife::active) continue;
    static_cast<void>(remove_tree(run.path()));
  }
}

}  // namespace stepreg::exec
