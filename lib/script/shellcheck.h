// What the installed shellcheck says of scripts: many files per process, several processes at once,
// and nothing twice: answers are kept by the content of the script.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace stepreg::script {

// One remark of shellcheck. Lines and columns are 1-based, columns count characters and a tab as
// one; the end is behind the last character.
struct ShellcheckRemark {
  std::uint32_t line = 0, column = 0, end_line = 0, end_column = 0;
  std::uint32_t code = 0;  // 2086 of SC2086
  std::string message;

  bool operator==(const ShellcheckRemark&) const = default;
};

struct ShellcheckInput {
  std::string_view text;
  std::string_view extension;  // ".sh": shellcheck takes the dialect of some from it; may be ""
  std::string_view settings;   // the text of the `.shellcheckrc` that applies
  bool is_bash = false;        // bash runs it, whatever its `#!` line says
  bool has_settings = false;   // without one no settings are used, also not those of the user
};

struct ShellcheckVerdict {
  std::vector<ShellcheckRemark> remarks;  // by line, column, code
  std::string failure;                    // why there is no verdict; empty when there is one
};

struct ShellcheckOptions {
  std::string program = "shellcheck";  // looked up in PATH
  std::string cache_directory;         // "": nothing is kept
  unsigned jobs = 1;
  std::chrono::milliseconds file_limit{60'000};  // for one script
};

class Shellcheck {
 public:
  // Asks for the version. Code::not_found when it is not installed; another error when what is
  // called so does not answer like shellcheck.
  static Result<Shellcheck> find(ShellcheckOptions options);

  // One verdict for each input, in their order. Severity warning and above, and in addition SC2154
  // (read and never assigned) for names in capitals.
  std::vector<ShellcheckVerdict> check(std::span<const ShellcheckInput> inputs) const;

 private:
  Shellcheck(ShellcheckOptions options, std::string version)
      : options_(std::move(options)), version_(std::move(version)) {}

  std::string key_of(const ShellcheckInput& input) const;

  ShellcheckOptions options_;
  std::string version_;  // all that `--version` prints
};

}  // namespace stepreg::script
