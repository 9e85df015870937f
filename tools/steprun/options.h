// What several subcommands of steprun share.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/wall_time.h"
#include "exec/run_dir.h"

namespace CLI {
class App;
}

namespace stepreg::steprun {

// From the table of exit codes (execution.md 2.9).
inline constexpr int kSuccess = 0;
inline constexpr int kRefused = 2;      // bad usage, nothing was done
inline constexpr int kLeaked = 3;       // something may have leaked
inline constexpr int kEnvironment = 4;  // the machine refused it

// --state DIR: the state root.
void add_state_option(CLI::App& command, std::string& state_root);

enum class Format { text, json };
void add_output_option(CLI::App& command, Format& format);

// Prints "steprun: TEXT" to stderr and returns `exit_code`.
int complain(std::string_view text, int exit_code = kRefused);

// The run, or nothing after the reason was printed.
std::optional<exec::RunDir> find_run_or_complain(const std::string& state_root,
                                                 const std::string& name);

// "2026-08-21T10:15:00Z", or "-".
std::string short_time(std::optional<WallTime> time);
// A duration on the command line: Go's notation, or days as in "30d"; nullopt for anything else.
std::optional<double> parse_age_s(const std::string& text);

}  // namespace stepreg::steprun
