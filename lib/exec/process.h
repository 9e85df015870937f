// Starting a program so that it can be ended for certain: a process group of its own, standard
// input from /dev/null, stdout and stderr in one pipe, KILL when its parent dies.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/unique_fd.h"

namespace stepreg::exec {

struct StartSpec {
  std::vector<std::string> argv;     // argv[0] is the path of the program
  std::vector<std::string> env;      // NAME=VALUE; nothing is inherited
  std::string workdir;               // empty: that of the executor
  std::vector<std::string> cgroups;  // directories of control groups that it joins
  bool terminal = false;  // keep the standard streams and the process group (a person's shell)
};

struct Started {
  pid_t pid = 0;  // also the id of its process group
  std::uint64_t start_ticks = 0;
  UniqueFd pidfd;
  UniqueFd output;  // read end, non-blocking; none for `terminal`
};

// Why a program could not be started: 127 when it (or its interpreter, or its working directory)
// was not found, 126 for any other reason (M036).
struct StartFailure {
  int exit_code = 126;
  std::string text;
};

// Exactly one of the two is set.
struct StartOutcome {
  std::optional<Started> started;
  StartFailure failure;
};
StartOutcome start_process(const StartSpec& spec);

// How a process ended.
struct ExitStatus {
  int code = 0;    // exit code, or 128 + signal
  int signal = 0;  // 0: ended by itself
};
// Without reaping: the zombie keeps its pid, and so its process group, from being used again.
std::optional<ExitStatus> peek_exit(const UniqueFd& pidfd);
void reap(pid_t pid);

// The calling process becomes the parent of orphaned descendants (M032), and its open descriptors
// are closed for every program that is started.
void become_subreaper();
// Asks the kernel for `signal` when the parent dies. False: it is dead already.
bool die_with_parent(int signal, pid_t parent);

}  // namespace stepreg::exec
