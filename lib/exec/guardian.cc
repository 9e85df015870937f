#include "exec/guardian.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <thread>

#include "exec/clock.h"
#include "exec/family.h"
#include "exec/process.h"

namespace stepreg::exec {

namespace {

constexpr std::chrono::seconds kLongestKill{2};

sigset_t guarded_signals() {
  sigset_t set;
  sigemptyset(&set);
  for (int number : {SIGHUP, SIGINT, SIGTERM, SIGQUIT, SIGCHLD}) sigaddset(&set, number);
  return set;
}

pid_t start(const std::function<int()>& worker) {
  const pid_t guardian = ::getpid();
  const pid_t pid = ::fork();
  if (pid != 0) return pid;
  become_subreaper();
  if (!die_with_parent(SIGTERM, guardian)) ::raise(SIGTERM);  // blocked: seen as a first signal
  ::exit(worker());
}

// Reaps everything that ended; true with its status when the worker was among it.
bool reap_all(pid_t worker, int& status) {
  bool ended = false;
  int each = 0;
  for (pid_t pid = 0; (pid = ::waitpid(-1, &each, WNOHANG)) > 0;) {
    if (pid != worker) continue;
    status = each;
    ended = true;
  }
  return ended;
}

int wait_for(pid_t worker, const sigset_t& set) {
  int status = 0;
  while (!reap_all(worker, status)) {
    siginfo_t info{};
    const int number = ::sigwaitinfo(&set, &info);
    if (number < 0 || number == SIGCHLD) continue;
    // What the terminal sends reaches the whole process group without our help.
    if (info.si_code != SI_KERNEL) ::kill(worker, number);
  }
  return status;
}

// What a dead worker left is below us now, whatever it did to its group, session or environment.
// Processes that even KILL does not end are for the recovery to report.
void end_descendants(const Processes& of_others) {
  const TimePoint end = Clock::now() + kLongestKill;
  for (auto left = descendants(of_others); !left.empty(); left = descendants(of_others)) {
    if (Clock::now() > end) return;
    for (const auto& [pid, since] : left) ::kill(pid, SIGKILL);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

}  // namespace

void hold_signals() {
  const sigset_t set = guarded_signals();
  ::sigprocmask(SIG_BLOCK, &set, nullptr);
}

int guard(const std::function<int()>& worker, const std::function<int()>& recover) {
  hold_signals();
  const sigset_t set = guarded_signals();
  become_subreaper();
  // Of whoever became this program (`exec steprun run ... > >(tee log)`).
  const Processes of_others = descendants();
  bool defect = false;
  for (int attempt = 0; attempt <= kRecoveries; ++attempt) {
    const pid_t pid = start(attempt == 0 ? worker : recover);
    if (pid < 0) return kInternalError;
    const int status = wait_for(pid, set);
    if (WIFEXITED(status)) return defect ? kInternalError : WEXITSTATUS(status);
    defect = defect || WTERMSIG(status) != SIGKILL;
    end_descendants(of_others);
  }
  return defect ? kInternalError : kMayHaveLeaked;
}

}  // namespace stepreg::exec
