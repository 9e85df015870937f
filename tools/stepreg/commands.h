// The subcommands of stepreg, one file each. A function adds its subcommand to the program; the
// subcommand's callback does the work and leaves its exit code in the context.
#pragma once

#include <string>

#include "exit_code.h"

namespace CLI {
class App;
}

namespace stepreg::tool {

struct Context {
  ExitCode exit_code = ExitCode::clean;
};

// Prints "stepreg: TEXT" to stderr and sets exit code 2.
void fail_usage(Context& context, const std::string& text);

void add_rule(CLI::App& app, Context& context);
void add_rules(CLI::App& app, Context& context);

}  // namespace stepreg::tool
