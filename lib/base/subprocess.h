// A helper program that runs beside this one; base/command.h is for those that run to their end.
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/unique_fd.h"

namespace stepreg {

// A program that answers requests: text goes in, text comes out, as long as both live. Its standard
// error is this process's, or nowhere.
class Subprocess {
 public:
  enum class Errors { shown, dropped };

  // `arguments[0]` is looked up in PATH; no shell is involved.
  static Result<Subprocess> start(const std::vector<std::string>& arguments, Errors errors);
  Subprocess(Subprocess&& other) noexcept;
  Subprocess& operator=(Subprocess&&) = delete;
  // Closes both ends and waits for the program, which must end when its input ends.
  ~Subprocess();

  bool write(std::string_view text);  // false: it does not listen any more
  void close_input() { input_.reset(); }
  // Bytes up to the next line feed, without it; or exactly `count` bytes. False at the end.
  bool read_line(std::string& line);
  bool read_exactly(std::size_t count, std::string& bytes);
  std::string read_all();
  // Closes both ends and waits; 128 + the signal's number when it was killed.
  int wait();

 private:
  Subprocess(pid_t pid, UniqueFd input, UniqueFd output)
      : pid_(pid), input_(std::move(input)), output_(std::move(output)) {}
  bool fill();

  pid_t pid_ = -1;
  UniqueFd input_, output_;
  std::string buffer_;
  std::size_t used_ = 0;  // bytes of buffer_ that were handed out
};

}  // namespace stepreg
