// steprun list: all runs of this machine.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "base/text.h"
#include "exec/run_view.h"
#include "exec/view_json.h"
#include "steprun/commands.h"
#include "steprun/options.h"
#include "steprun/table.h"

namespace stepreg::steprun {

namespace {

struct ListOptions {
  std::string state_root;
  Format format = Format::text;
};

std::string or_dash(const std::string& text) {
  return text.empty() ? "-" : one_line(text);
}

int run_command(const ListOptions& options) {
  const auto dirs = exec::list_runs(exec::StateRoot(options.state_root));
  if (!dirs) return complain(dirs.error().text);
  std::vector<exec::RunView> runs;
  for (const exec::RunDir& dir : *dirs) runs.push_back(exec::view_run(dir, false));
  if (options.format == Format::json) {
    std::fputs(exec::list_json(runs).c_str(), stdout);
    return kSuccess;
  }
  if (runs.empty()) {
    std::fprintf(stderr, "no runs in %s\n", options.state_root.c_str());
    return kSuccess;
  }
  Table table({{"RUN"}, {"JOB"}, {"EXECUTOR"}, {"STATE"}, {"SINCE"}, {"RESULT"}, {"CLEANUP"}});
  for (const exec::RunView& run : runs) {
    const bool gone = run.life == exec::RunLife::died;
    table.add({run.dir.id(), or_dash(run.result.job), gone ? "gone" : run_life_name(run.life),
               run.state.state, short_time(run.state.at), or_dash(run.result.result),
               or_dash(run.result.cleanup)});
  }
  std::fputs(table.text().c_str(), stdout);
  return kSuccess;
}

}  // namespace

void add_list(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<ListOptions>();
  CLI::App* command = app.add_subcommand("list", "List the runs of this machine, oldest first");
  add_output_option(*command, options->format);
  add_state_option(*command, options->state_root);
  command->callback([options, &exit_code] { exit_code = run_command(*options); });
}

}  // namespace stepreg::steprun
