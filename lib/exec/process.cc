#include "exec/process.h"

#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/fs.h"
#include "base/text.h"
#include "exec/process_identity.h"

namespace stepreg::exec {

namespace {

constexpr int kPipeBytes = 1 << 20;

enum class Stage : int { setup, cgroup, workdir, exec };
struct ChildError {
  Stage stage;
  int error;
};

std::vector<char*> pointers(const std::vector<std::string>& strings) {
  std::vector<char*> out;
  for (const std::string& text : strings) out.push_back(const_cast<char*>(text.c_str()));
  out.push_back(nullptr);
  return out;
}

void reset_signals() {
  for (int number = 1; number < NSIG; ++number) ::signal(number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

[[noreturn]] void give_up(int error_fd, Stage stage) {
  const ChildError error{stage, errno};
  (void)!::write(error_fd, &error, sizeof error);
  ::_exit(127);
}

bool join_cgroup(const char* procs_file) {
  const int fd = ::open(procs_file, O_WRONLY | O_CLOEXEC);
  return fd >= 0 && ::write(fd, "0", 1) == 1;
}

// What the child does between fork and exec: system calls only.
struct ChildPlan {
  char* const* argv;
  char* const* env;
  const char* workdir;        // nullptr: stay
  char* const* cgroup_procs;  // files, up to a nullptr
  bool terminal;
  int null_fd;
  int output_fd;
  int error_fd;
  pid_t parent;
};

[[noreturn]] void run_child(const ChildPlan& plan) {
  reset_signals();
  if (!plan.terminal) {
    if (::setpgid(0, 0) != 0) give_up(plan.error_fd, Stage::setup);
    if (!die_with_parent(SIGKILL, plan.parent)) ::_exit(127);
    if (::dup2(plan.null_fd, 0) < 0 || ::dup2(plan.output_fd, 1) < 0 ||
        ::dup2(plan.output_fd, 2) < 0) {
      give_up(plan.error_fd, Stage::setup);
    }
  }
  ::umask(022);
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  for (char* const* procs = plan.cgroup_procs; *procs; ++procs) {
    if (!join_cgroup(*procs)) give_up(plan.error_fd, Stage::cgroup);
  }
  if (plan.workdir && ::chdir(plan.workdir) != 0) give_up(plan.error_fd, Stage::workdir);
  ::syscall(SYS_close_range, 3U, ~0U, CLOSE_RANGE_CLOEXEC);
  ::execve(plan.argv[0], plan.argv, plan.env);
  give_up(plan.error_fd, Stage::exec);
}

// An absent interpreter gives the same error as an absent program; say which of them it is.
std::string missing_program(const std::string& program) {
  if (!path_exists(program)) return in_quotes(program) + " was not found";
  const auto head = read_file(program, 64U << 20);
  std::string_view line;
  if (head && head->starts_with("#!")) {
    line = trimmed(std::string_view(*head).substr(2, head->find('\n') - 2));
  }
  if (line.empty()) return in_quotes(program) + " needs a loader or interpreter that was not found";
  return "interpreter " + in_quotes(line.substr(0, line.find(' '))) + " was not found";
}

StartFailure describe(const ChildError& error, const StartSpec& spec) {
  const std::string reason = std::strerror(error.error);
  const bool missing = error.error == ENOENT || error.error == ENOTDIR;
  const int code = missing ? 127 : 126;
  switch (error.stage) {
    case Stage::workdir:
      return {code, "working directory " + in_quotes(spec.workdir) + ": " + reason};
    case Stage::cgroup:
      return {126, "control group " + in_quotes(join(spec.cgroups, ", ")) + ": " + reason};
    case Stage::setup:
      return {126, "cannot set up the process: " + reason};
    case Stage::exec:
      break;
  }
  if (missing) return {127, missing_program(spec.argv[0])};
  if (error.error == ENOEXEC) {
    return {126, in_quotes(spec.argv[0]) + " is no program: it lacks a `#!` line"};
  }
  return {126, in_quotes(spec.argv[0]) + " cannot be executed: " + reason};
}

StartOutcome failed(std::string text) {
  return {std::nullopt, {126, std::move(text)}};
}

// The descriptors between parent and child; `failure` says what could not be opened.
struct Pipes {
  UniqueFd null;
  UniqueFd out_read;
  UniqueFd out_write;
  UniqueFd error_read;
  UniqueFd error_write;
  std::string failure;
};

Pipes open_pipes(bool with_output) {
  Pipes pipes;
  int output[2] = {-1, -1};
  int error[2] = {-1, -1};
  pipes.null.reset(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  if (!pipes.null.valid()) {
    pipes.failure = std::string("cannot open /dev/null: ") + std::strerror(errno);
  } else if ((with_output && ::pipe2(output, O_CLOEXEC) != 0) || ::pipe2(error, O_CLOEXEC) != 0) {
    pipes.failure = std::string("cannot make a pipe: ") + std::strerror(errno);
  }
  pipes.out_read.reset(output[0]);
  pipes.out_write.reset(output[1]);
  pipes.error_read.reset(error[0]);
  pipes.error_write.reset(error[1]);
  if (pipes.out_read.valid()) {
    ::fcntl(pipes.out_read.get(), F_SETPIPE_SZ, kPipeBytes);  // a wish
    ::fcntl(pipes.out_read.get(), F_SETFL, O_NONBLOCK);
  }
  return pipes;
}

// Waits until the child has become the program, or has said why not.
std::optional<ChildError> await_exec(const UniqueFd& error_read) {
  ChildError error{};
  ssize_t count = 0;
  do {
    count = ::read(error_read.get(), &error, sizeof error);
  } while (count < 0 && errno == EINTR);
  if (count == sizeof error) return error;
  return std::nullopt;
}

}  // namespace

StartOutcome start_process(const StartSpec& spec) {
  Pipes pipes = open_pipes(!spec.terminal);
  if (!pipes.failure.empty()) return failed(pipes.failure);
  const auto argv = pointers(spec.argv);
  const auto env = pointers(spec.env);
  std::vector<std::string> procs;
  for (const std::string& directory : spec.cgroups) procs.push_back(directory + "/cgroup.procs");
  const auto procs_files = pointers(procs);
  const ChildPlan plan{argv.data(),
                       env.data(),
                       spec.workdir.empty() ? nullptr : spec.workdir.c_str(),
                       procs_files.data(),
                       spec.terminal,
                       pipes.null.get(),
                       pipes.out_write.get(),
                       pipes.error_write.get(),
                       ::getpid()};
  const pid_t pid = ::fork();
  if (pid < 0) return failed(std::string("cannot fork: ") + std::strerror(errno));
  if (pid == 0) run_child(plan);
  if (!spec.terminal) ::setpgid(pid, pid);  // in both, so that it holds whoever comes first
  pipes.error_write.reset();
  pipes.out_write.reset();
  if (const auto error = await_exec(pipes.error_read)) {
    reap(pid);
    return {std::nullopt, describe(*error, spec)};
  }
  Started started;
  started.pid = pid;
  started.start_ticks = start_ticks_of(pid);
  started.pidfd.reset(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  started.output = std::move(pipes.out_read);
  if (started.pidfd.valid()) return {std::move(started), {}};
  const int reason = errno;
  ::kill(spec.terminal ? pid : -pid, SIGKILL);
  reap(pid);
  return failed(std::string("cannot watch the process: ") + std::strerror(reason));
}

std::optional<ExitStatus> peek_exit(const UniqueFd& pidfd) {
  siginfo_t info{};
  const auto id = static_cast<id_t>(pidfd.get());
  if (::waitid(P_PIDFD, id, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid == 0) {
    return std::nullopt;
  }
  if (info.si_code == CLD_EXITED) return ExitStatus{info.si_status, 0};
  return ExitStatus{128 + info.si_status, info.si_status};
}

void reap(pid_t pid) {
  while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
  }
}

void become_subreaper() {
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
}

bool die_with_parent(int signal, pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, signal);
  return ::getppid() == parent;
}

}  // namespace stepreg::exec
