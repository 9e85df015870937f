// Result<T>: a value, or why the environment refused it. For files, processes and locks; a mistake
// in the user's files is a Diagnostic instead. Same member names as C++23's std::expected.
#pragma once

#include <optional>
#include <string>
#include <utility>

namespace stepreg {

// As in base/check.h, which is not included here: its macro would meet that of the test framework.
[[noreturn]] void check_failed(const char* file, int line, const char* condition);

struct Error {
  enum class Code {
    not_found,  // no such file or directory
    denied,     // permission
    too_large,  // over a named limit of ours
    invalid,    // content cannot be what it claims to be
    busy,       // held by somebody else
    no_space,   // disk or quota full
    failed,     // any other reason of the system
  };
  Code code = Code::failed;
  std::string text;  // one line, lower case, names the path; ready to be printed
};

// The error of a failed system call on `path`: "PATH: cannot ACTION: REASON".
Error system_error(const std::string& path, const char* action, int error_number);

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : value_(std::move(value)) {}      // NOLINT: implicit on purpose
  Result(Error error) : error_(std::move(error)) {}  // NOLINT: implicit on purpose

  bool has_value() const { return value_.has_value(); }
  explicit operator bool() const { return has_value(); }
  T& value() { return checked(), *value_; }
  const T& value() const { return checked(), *value_; }
  T& operator*() { return value(); }
  const T& operator*() const { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  const Error& error() const { return error_; }

 private:
  void checked() const {
    if (!has_value()) check_failed(__FILE__, __LINE__, "has_value()");
  }

  std::optional<T> value_;
  Error error_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : failed_(true), error_(std::move(error)) {}  // NOLINT: implicit on purpose

  bool has_value() const { return !failed_; }
  explicit operator bool() const { return has_value(); }
  const Error& error() const { return error_; }

 private:
  bool failed_ = false;
  Error error_;
};

}  // namespace stepreg
