#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

#include "commands.h"
#include "common/terminal.h"

namespace stepreg::tool {

void fail_usage(Context& context, const std::string& text) {
  print_error("stepreg: " + text + "\n");
  context.exit_code = ExitCode::usage;
}

namespace {

int run(int argc, char** argv) {
  Context context;
  CLI::App app("Linter, resolver and query tool for step registries");
  app.name("stepreg");
  app.set_version_flag("--version", "stepreg " STEPREG_VERSION);
  app.require_subcommand(1);
  add_rule(app, context);
  add_rules(app, context);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const bool asked = error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success);
    app.exit(error);
    return asked ? 0 : static_cast<int>(ExitCode::usage);
  }
  return finish_output() ? static_cast<int>(context.exit_code) : static_cast<int>(ExitCode::usage);
}

}  // namespace
}  // namespace stepreg::tool

int main(int argc, char** argv) {
  try {
    return stepreg::tool::run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "stepreg: internal error: %s\n", error.what());
  }
  return static_cast<int>(stepreg::tool::ExitCode::usage);
}
