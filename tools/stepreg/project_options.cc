#include "stepreg/project_options.h"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "common/stats.h"
#include "query/open_for_test.h"

namespace stepreg::tools {

void add_project_options(CLI::App& command, load::ProjectOptions& options) {
  command.add_option("--registry", options.registry, "Directory of the step registry")
      ->type_name("DIR");
  command.add_option("--configs", options.configs, "Directory of the configurations")
      ->type_name("DIR");
  command.add_option("--claims", options.claims, "The cluster claim owners file")
      ->type_name("FILE");
  command
      .add_option("--config", options.settings_path,
                  "Settings file (default: the nearest .stepreg.yaml here or above)")
      ->type_name("FILE");
  command.add_flag("--flat", options.flat,
                   "The registry is a flat directory: names come from the files");
  command.add_option("-j,--jobs", options.jobs, "Threads (default: one per processor)")
      ->type_name("N")
      ->check(CLI::Range(1U, 1024U));
  command.add_flag(
      "!--no-cache", options.use_cache,
      "Parse every file again, ask shellcheck about every script again, and keep nothing "
      "for the next run (see `stepreg cache`)");
  add_stats_options(command);
}

bool open_or_complain(const load::ProjectOptions& options, load::Project& project, Sink& sink,
                      const std::string& test) {
  project = load::find_project(options, sink);
  if (!test.empty() && query::open_for_test(project, test, sink)) return true;
  const Result<void> opened = load::open_project(project, sink);
  if (!opened) std::fprintf(stderr, "stepreg: %s\n", opened.error().text.c_str());
  return opened.has_value();
}

}  // namespace stepreg::tools
