// steprun clean: remove the directories of old runs.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "exec/remove_run.h"
#include "exec/run_view.h"
#include "steprun/commands.h"
#include "steprun/options.h"

namespace stepreg::steprun {

namespace {

struct CleanOptions {
  std::string state_root;
  std::vector<std::string> runs;
  std::string older_than;
  std::optional<std::size_t> keep;
  bool all = false;
  bool force = false;
  bool dry_run = false;
};

// The runs that the options name; nothing after a complaint.
std::optional<std::vector<exec::RunDir>> chosen(const CleanOptions& options) {
  std::vector<exec::RunDir> runs;
  for (const std::string& name : options.runs) {
    const auto run = find_run_or_complain(options.state_root, name);
    if (!run) return std::nullopt;
    runs.push_back(*run);
  }
  if (!options.runs.empty()) return runs;
  const auto all = exec::list_runs(exec::StateRoot(options.state_root));
  if (!all) {
    complain(all.error().text);
    return std::nullopt;
  }
  runs = *all;  // oldest first
  if (options.keep)
    runs.erase(runs.end() - static_cast<std::ptrdiff_t>(std::min(runs.size(), *options.keep)),
               runs.end());
  if (options.older_than.empty()) return runs;
  const auto age = parse_age_s(options.older_than);
  if (!age) {
    complain(in_quotes(options.older_than) + " is no duration; write `36h` or `30d`");
    return std::nullopt;
  }
  const double limit = epoch_seconds(wall_now()) - *age;
  std::erase_if(runs, [limit](const exec::RunDir& run) {
    const auto created = exec::created_at(run);
    return !created || epoch_seconds(*created) > limit;
  });
  return runs;
}

int run_command(const CleanOptions& options) {
  if (options.runs.empty() && !options.keep && options.older_than.empty() && !options.all) {
    return complain("give RUNs, --older-than AGE, --keep N or --all");
  }
  const auto runs = chosen(options);
  if (!runs) return kRefused;
  int exit_code = kSuccess;
  for (const exec::RunDir& run : *runs) {
    if (const auto reason = exec::why_keep(run, options.force)) {
      // Named runs were meant; others are passed over.
      if (!options.runs.empty()) exit_code = kRefused;
      complain("kept " + run.id() + ": " + *reason);
      continue;
    }
    if (options.dry_run) {
      std::printf("would remove %s\n", run.id().c_str());
      continue;
    }
    if (const auto removed = exec::remove_run(run); !removed) {
      exit_code = complain(removed.error().text, kEnvironment);
    } else {
      std::printf("removed %s\n", run.id().c_str());
    }
  }
  if (!options.dry_run) exec::remove_leftovers(exec::StateRoot(options.state_root));
  return exit_code;
}

}  // namespace

void add_clean(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<CleanOptions>();
  CLI::App* command = app.add_subcommand(
      "clean", "Remove the directories of finished runs; never of those that may have leaked");
  command->add_option("RUN", options->runs, "These runs");
  command->add_option("--older-than", options->older_than, "Runs older than this: 36h, 30d")
      ->type_name("AGE");
  command->add_option("--keep", options->keep, "All but the newest so many")->type_name("N");
  command->add_flag("--all", options->all, "All runs");
  command->add_flag("--force", options->force, "Also runs whose cleanup failed, and dead ones");
  command->add_flag("-n,--dry-run", options->dry_run, "Only say what would be removed");
  add_state_option(*command, options->state_root);
  command->callback([options, &exit_code] { exit_code = run_command(*options); });
}

}  // namespace stepreg::steprun
