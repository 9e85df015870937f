#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

#include "common/parse.h"
#include "steprun/commands.h"
#include "steprun/options.h"

namespace {

constexpr const char* kAbout =
    "Runs plans on this machine, and answers for what they leave behind.\n";

}  // namespace

int main(int argc, char** argv) {
  CLI::App app(kAbout, "steprun");
  app.set_version_flag("--version", "steprun " STEPREG_VERSION);
  app.require_subcommand(1);
  int exit_code = stepreg::steprun::kSuccess;
  stepreg::steprun::add_run(app, exit_code);
  stepreg::steprun::add_resume(app, exit_code);
  stepreg::steprun::add_sweep(app, exit_code);
  stepreg::steprun::add_status(app, exit_code);
  stepreg::steprun::add_list(app, exit_code);
  stepreg::steprun::add_set_status(app, exit_code);
  stepreg::steprun::add_stop(app, exit_code);
  stepreg::steprun::add_resume_steps(app, exit_code);
  stepreg::steprun::add_lease(app, exit_code);
  stepreg::steprun::add_report(app, exit_code);
  stepreg::steprun::add_clean(app, exit_code);
  try {
    const stepreg::tools::Parsed parsed = stepreg::tools::parse(app, argc, argv);
    if (!parsed.accepted) return stepreg::steprun::kRefused;
    if (parsed.stop) return stepreg::steprun::kSuccess;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "steprun: internal error: %s\n", error.what());
    return 70;
  }
  return exit_code;
}
