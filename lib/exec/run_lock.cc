// The lock of a run directory, and what others learn from it.
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <utility>

#include "base/fs.h"
#include "base/text.h"
#include "exec/run_dir.h"

namespace stepreg::exec {

namespace {

struct flock whole_file(short type) {
  struct flock lock {};  // l_pid has to be 0
  lock.l_type = type;
  lock.l_whence = SEEK_SET;
  return lock;
}

Error busy(const RunDir& run) {
  const auto owner = lock_owner(run);
  const std::string who = owner ? " (process " + std::to_string(owner->pid) + ")" : "";
  return {Error::Code::busy, run.path() + ": another executor is at work here" + who};
}

}  // namespace

Result<RunLock> RunLock::take(const RunDir& run) {
  UniqueFd fd(::open(run.lock().c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644));
  if (!fd.valid()) return system_error(run.lock(), "open", errno);
  struct flock lock = whole_file(F_WRLCK);
  if (::fcntl(fd.get(), F_OFD_SETLK, &lock) != 0) {
    if (errno == EAGAIN || errno == EACCES) return busy(run);
    return system_error(run.lock(), "lock", errno);
  }
  RunLock taken(std::move(fd));
  if (const Result<void> signed_ = taken.sign(); !signed_) return signed_.error();
  return taken;
}

Result<void> RunLock::sign() const {
  const ProcessIdentity self = self_identity();
  const std::string text =
      std::to_string(self.pid) + " " + std::to_string(self.start_ticks) + " " + self.boot_id + "\n";
  if (::ftruncate(fd_.get(), 0) != 0 ||
      ::pwrite(fd_.get(), text.data(), text.size(), 0) != static_cast<ssize_t>(text.size())) {
    return system_error("lock of the run directory", "write", errno);
  }
  return {};
}

Result<NewRun> create_run(const StateRoot& root) {
  if (const Result<void> made = make_directories(root.runs()); !made) return made.error();
  std::string temporary = join_path(root.runs(), ".new-XXXXXX");
  if (::mkdtemp(temporary.data()) == nullptr) return system_error(temporary, "create", errno);
  ::chmod(temporary.c_str(), 0755);
  const RunDir unnamed(temporary);
  const auto give_up = [&unnamed, &temporary](Error error) {
    ::unlink(unnamed.version().c_str());
    ::unlink(unnamed.lock().c_str());
    ::rmdir(temporary.c_str());
    return error;
  };
  Result<RunLock> lock = RunLock::take(unnamed);
  if (!lock) return give_up(lock.error());
  const std::string version = std::string(kRunDirVersion) + "\n";
  if (const Result<void> done = write_file_atomic(unnamed.version(), version); !done) {
    return give_up(done.error());
  }
  constexpr int kAttempts = 100;
  for (int i = 0; i < kAttempts; ++i) {
    const RunDir run(join_path(root.runs(), new_run_id(wall_now())));
    if (::renameat2(AT_FDCWD, temporary.c_str(), AT_FDCWD, run.path().c_str(), RENAME_NOREPLACE) ==
        0) {
      return NewRun{run, std::move(*lock)};
    }
    if (errno != EEXIST) return give_up(system_error(run.path(), "create", errno));
  }
  return give_up({Error::Code::busy, root.runs() + ": no free run id"});
}

RunLife probe_run(const RunDir& run) {
  bool held = false;
  const UniqueFd fd(::open(run.lock().c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (fd.valid()) {
    struct flock lock = whole_file(F_RDLCK);
    held = ::fcntl(fd.get(), F_OFD_GETLK, &lock) == 0 && lock.l_type == F_WRLCK;
  }
  // After the lock: the marker is written before the lock is given back.
  if (path_exists(run.marker())) return RunLife::complete;
  return held ? RunLife::active : RunLife::died;
}

std::optional<ProcessIdentity> lock_owner(const RunDir& run) {
  const Result<std::string> text = read_file(run.lock(), 4096);
  if (!text) return std::nullopt;
  const auto fields = split(trimmed(*text), ' ');
  if (fields.size() != 3) return std::nullopt;
  ProcessIdentity owner;
  owner.boot_id = fields[2];
  std::from_chars(fields[0].data(), fields[0].data() + fields[0].size(), owner.pid);
  std::from_chars(fields[1].data(), fields[1].data() + fields[1].size(), owner.start_ticks);
  return owner.pid > 0 ? std::optional(owner) : std::nullopt;
}

}  // namespace stepreg::exec
