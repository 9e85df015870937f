#include "base/command.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <string_view>

#include "base/unique_fd.h"

extern char** environ;

namespace stepreg {

namespace {

struct Pipe {
  UniqueFd read;
  UniqueFd write;
};

bool open_pipe(Pipe& pipe) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return false;
  pipe.read = UniqueFd(ends[0]);
  pipe.write = UniqueFd(ends[1]);
  return true;
}

// Reads both to their ends, whichever has something. False when a limit was reached before.
bool drain(const Pipe& out, const Pipe& err, const CommandLimits& limits, CommandOutput& output) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point deadline = Clock::now() + limits.time;
  std::array<pollfd, 2> polled{{{out.read.get(), POLLIN, 0}, {err.read.get(), POLLIN, 0}}};
  std::array<std::string*, 2> targets{&output.out, &output.err};
  std::size_t open = polled.size();
  char buffer[65536];
  while (open > 0) {
    int wait = -1;
    if (limits.time.count() > 0) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
      if (left.count() <= 0) return false;
      wait = static_cast<int>(std::min<std::int64_t>(left.count(), 1 << 30));
    }
    if (::poll(polled.data(), polled.size(), wait) < 0 && errno != EINTR) return true;
    for (std::size_t i = 0; i < polled.size(); ++i) {
      if (polled[i].fd < 0 || polled[i].revents == 0) continue;
      const ssize_t got = ::read(polled[i].fd, buffer, sizeof buffer);
      if (got > 0) {
        targets[i]->append(buffer, static_cast<std::size_t>(got));
      } else if (got == 0 || errno != EINTR) {
        polled[i].fd = -1;
        --open;
      }
    }
    const std::size_t bytes = output.out.size() + output.err.size();
    if (limits.output_bytes > 0 && bytes > limits.output_bytes) return false;
  }
  return true;
}

// The environment without some variables; the texts are this process's own.
std::vector<char*> environment_without(const std::vector<std::string>& names) {
  std::vector<char*> kept;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const bool dropped = std::any_of(names.begin(), names.end(), [&](const std::string& name) {
      return text.starts_with(name) && text.substr(name.size()).starts_with('=');
    });
    if (!dropped) kept.push_back(*entry);
  }
  kept.push_back(nullptr);
  return kept;
}

int wait_for(pid_t pid) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

Result<CommandOutput> run_command(const std::vector<std::string>& arguments,
                                  const CommandLimits& limits) {
  Pipe out;
  Pipe err;
  const std::string& program = arguments.front();
  if (!open_pipe(out) || !open_pipe(err)) return system_error(program, "start", errno);
  std::vector<char*> argv;
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  std::vector<char*> environment = environment_without(limits.without);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, out.write.get(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, err.write.get(), STDERR_FILENO);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  const bool own_group = limits.time.count() > 0;
  if (own_group) posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  pid_t pid = 0;
  const int failure =
      ::posix_spawnp(&pid, argv[0], &actions, &attributes, argv.data(), environment.data());
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  if (failure != 0) return system_error(program, "start", failure);
  out.write = UniqueFd();
  err.write = UniqueFd();
  CommandOutput output;
  output.stopped = !drain(out, err, limits, output);
  if (output.stopped) ::kill(own_group ? -pid : pid, SIGKILL);
  output.exit_code = wait_for(pid);
  return output;
}

}  // namespace stepreg
