#include "exec/aside.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "base/fs.h"
#include "base/unique_fd.h"
#include "exec/process.h"

namespace stepreg::exec {

namespace {

constexpr char kDone = 'd';
constexpr char kFailed = 'f';
constexpr std::chrono::seconds kKillPatience{10};

// What the child says: `d`; or `f`, a byte for the code, and the text.
[[noreturn]] void work_in_child(const std::function<Result<void>()>& work, int answer,
                                pid_t parent) {
  if (!die_with_parent(SIGKILL, parent)) ::_exit(1);
  const Result<void> result = work();
  std::string text(1, result ? kDone : kFailed);
  if (!result) text += static_cast<char>(result.error().code) + result.error().text;
  (void)write_all(answer, text);
  ::_exit(0);
}

Result<void> read_answer(int fd) {
  std::string text;
  char block[4096];
  for (ssize_t got = 0; (got = ::read(fd, block, sizeof block)) != 0;) {
    if (got < 0 && errno != EINTR) break;
    if (got > 0) text.append(block, static_cast<std::size_t>(got));
  }
  if (text.size() == 1 && text[0] == kDone) return {};
  if (text.size() < 2 || text[0] != kFailed) {
    return Error{Error::Code::failed, "a process of the executor was killed"};
  }
  return Error{static_cast<Error::Code>(text[1]), text.substr(2)};
}

}  // namespace

AsideOutcome do_aside(Loop& loop, const std::function<Result<void>()>& work, TimePoint until,
                      const std::function<bool()>& stop) {
  int ends[2] = {-1, -1};
  if (::pipe2(ends, O_CLOEXEC) != 0) {
    return {AsideOutcome::End::done, system_error("pipe", "open", errno)};
  }
  const UniqueFd answer(ends[0]);
  UniqueFd write_end(ends[1]);
  const pid_t self = ::getpid();
  const pid_t pid = ::fork();
  if (pid < 0) return {AsideOutcome::End::done, system_error("process", "fork", errno)};
  if (pid == 0) work_in_child(work, write_end.get(), self);
  write_end.reset();
  const UniqueFd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  bool ended = !pidfd.valid();  // then only waiting is left
  if (!ended) loop.watch(pidfd.get(), [&ended] { ended = true; });
  AsideOutcome out;
  while (!ended && out.end == AsideOutcome::End::done) {
    loop.turn(until);
    if (ended) break;
    if (stop()) out.end = AsideOutcome::End::stopped;
    if (Clock::now() >= until) out.end = AsideOutcome::End::limit;
  }
  if (out.end != AsideOutcome::End::done) {
    ::kill(pid, SIGKILL);
    // One that hangs in the kernel is left to it.
    const TimePoint patience = Clock::now() + kKillPatience;
    while (!ended && Clock::now() < patience) loop.turn(patience);
  }
  if (pidfd.valid()) loop.unwatch(pidfd.get());
  if (ended) reap(pid);
  if (out.end == AsideOutcome::End::done) out.result = read_answer(answer.get());
  return out;
}

}  // namespace stepreg::exec
