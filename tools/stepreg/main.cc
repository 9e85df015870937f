#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

#include "common/parse.h"
#include "common/stats.h"
#include "common/terminal.h"
#include "stepreg/commands.h"
#include "stepreg/memory.h"

namespace {

constexpr const char* kAbout =
    "Checks step registries and shows what their tests resolve to.\n\n"
    "  stepreg lint                      check the registry and configurations of this project\n"
    "  stepreg resolve ORG/REPO@main:e2e print what a test runs, in order, and with which values\n"
    "  stepreg resolve ID -o json --bundle | steprun run -\n"
    "                                    run it\n"
    "  stepreg explain ID VARIABLE       who sets it, and who lost\n"
    "  stepreg uses NAME                 who uses a component or a variable\n\n"
    "The trees are named in .stepreg.yaml, or by --registry DIR and --configs DIR.\n";

}  // namespace

int main(int argc, char** argv) {
  stepreg::tools::prepare_memory();
  CLI::App app(kAbout, "stepreg");
  app.set_version_flag("--version", "stepreg " STEPREG_VERSION);
  app.require_subcommand(1);
  int exit_code = stepreg::tools::kClean;
  stepreg::tools::add_lint(app, exit_code);
  stepreg::tools::add_resolve(app, exit_code);
  stepreg::tools::add_explain(app, exit_code);
  stepreg::tools::add_uses(app, exit_code);
  stepreg::tools::add_graph(app, exit_code);
  stepreg::tools::add_list(app, exit_code);
  stepreg::tools::add_show(app, exit_code);
  stepreg::tools::add_new(app, exit_code);
  stepreg::tools::add_rule(app, exit_code);
  stepreg::tools::add_rules(app, exit_code);
  stepreg::tools::add_schema(app, exit_code);
  stepreg::tools::add_affected(app, exit_code);
  stepreg::tools::add_diff(app, exit_code);
  stepreg::tools::add_rename(app, exit_code);
  stepreg::tools::add_cache(app, exit_code);
  try {
    const stepreg::tools::Parsed parsed = stepreg::tools::parse(app, argc, argv);
    if (!parsed.accepted) return stepreg::tools::kUsage;
    if (parsed.stop) return stepreg::tools::kClean;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "stepreg: internal error: %s\n", error.what());
    return stepreg::tools::kUsage;
  }
  const bool printed = stepreg::tools::finish_output();
  const bool reported = stepreg::tools::report_stats();
  return printed && reported ? exit_code : stepreg::tools::kUsage;
}
