#include "base/subprocess.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <cerrno>
#include <utility>

extern char** environ;

namespace stepreg {

namespace {

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (const std::string& text : texts) result.push_back(const_cast<char*>(text.c_str()));
  return result;
}

}  // namespace

Result<Subprocess> Subprocess::start(const std::vector<std::string>& arguments, Errors errors) {
  // A socket for its input: writing to one can be told not to raise SIGPIPE.
  int in[2], out[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, in) != 0) {
    return system_error(arguments[0], "start", errno);
  }
  UniqueFd our_input(in[0]), its_input(in[1]);
  if (::pipe2(out, O_CLOEXEC) != 0) return system_error(arguments[0], "start", errno);
  UniqueFd our_output(out[0]), its_output(out[1]);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, its_input.get(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, its_output.get(), STDOUT_FILENO);
  if (errors == Errors::dropped) {
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  }
  std::vector<char*> argv = pointers(arguments);
  argv.push_back(nullptr);
  pid_t pid = -1;
  const int error = ::posix_spawnp(&pid, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) return system_error(arguments[0], "start", error);
  return Subprocess(pid, std::move(our_input), std::move(our_output));
}

Subprocess::Subprocess(Subprocess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      input_(std::move(other.input_)),
      output_(std::move(other.output_)),
      buffer_(std::move(other.buffer_)),
      used_(other.used_) {}

Subprocess::~Subprocess() {
  wait();
}

bool Subprocess::write(std::string_view text) {
  while (!text.empty()) {
    const ssize_t done = ::send(input_.get(), text.data(), text.size(), MSG_NOSIGNAL);
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(done));
  }
  return true;
}

bool Subprocess::fill() {
  if (used_ > 0) {
    buffer_.erase(0, used_);
    used_ = 0;
  }
  constexpr std::size_t kBlock = 64 << 10;
  const std::size_t old = buffer_.size();
  buffer_.resize(old + kBlock);
  ssize_t got = 0;
  do {
    got = ::read(output_.get(), buffer_.data() + old, kBlock);
  } while (got < 0 && errno == EINTR);
  buffer_.resize(old + static_cast<std::size_t>(got > 0 ? got : 0));
  return got > 0;
}

bool Subprocess::read_line(std::string& line) {
  std::size_t end = std::string::npos;
  while ((end = buffer_.find('\n', used_)) == std::string::npos) {
    if (!fill()) return false;
  }
  line.assign(buffer_, used_, end - used_);
  used_ = end + 1;
  return true;
}

bool Subprocess::read_exactly(std::size_t count, std::string& bytes) {
  while (buffer_.size() - used_ < count) {
    if (!fill()) return false;
  }
  bytes.assign(buffer_, used_, count);
  used_ += count;
  return true;
}

std::string Subprocess::read_all() {
  while (fill()) {
  }
  std::string all = buffer_.substr(used_);
  used_ = buffer_.size();
  return all;
}

int Subprocess::wait() {
  if (pid_ < 0) return 0;
  input_.reset();
  output_.reset();
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace stepreg
