// steprun lease: list leases, and free those that dead runs left.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "base/text.h"
#include "exec/lease_pool.h"
#include "exec/view_json.h"
#include "steprun/commands.h"
#include "steprun/options.h"
#include "steprun/table.h"

namespace stepreg::steprun {

namespace {

struct LeaseOptions {
  std::string state_root;
  Format format = Format::text;
  std::string type;
  std::string name;
  std::string run;
  bool all = false;
  bool force = false;

  std::string leases() const { return exec::StateRoot(state_root).leases(); }
};

int list(const LeaseOptions& options) {
  const auto leases = exec::list_leases(options.leases());
  if (!leases) return complain(leases.error().text, kEnvironment);
  if (options.format == Format::json) {
    std::fputs(exec::leases_json(*leases).c_str(), stdout);
    return kSuccess;
  }
  if (leases->empty()) {
    std::fprintf(stderr, "no leases in %s\n", options.leases().c_str());
    return kSuccess;
  }
  Table table({{"TYPE"}, {"NAME"}, {"STATE"}, {"RUN"}, {"SINCE"}, {"HEARTBEAT"}});
  for (const exec::LeaseRecord& lease : *leases) {
    table.add({one_line(lease.type), one_line(lease.name), lease_state_name(lease.state),
               lease.owner ? one_line(lease.owner->run_id) : "-", short_time(lease.acquired),
               short_time(lease.heartbeat)});
  }
  std::fputs(table.text().c_str(), stdout);
  return kSuccess;
}

bool is_wanted(const LeaseOptions& options, const exec::LeaseRecord& lease) {
  if (!options.type.empty()) return lease.type == options.type && lease.name == options.name;
  if (lease.state != exec::LeaseState::dirty) return false;
  return options.all || (lease.owner && lease.owner->run_id == options.run);
}

int forgive(const LeaseOptions& options, const std::vector<exec::LeaseRecord>& wanted) {
  int exit_code = kSuccess;
  for (const exec::LeaseRecord& lease : wanted) {
    const auto freed = exec::forgive_lease(options.leases(), lease.type, lease.name);
    if (!freed) {
      exit_code = complain(freed.error().text);
    } else {
      std::printf("%s/%s is free\n", one_line(lease.type).c_str(), one_line(lease.name).c_str());
    }
  }
  return exit_code;
}

int reclaim(const LeaseOptions& options) {
  const int ways = (options.type.empty() ? 0 : 1) + (options.run.empty() ? 0 : 1) + options.all;
  if (ways != 1 || options.type.empty() != options.name.empty()) {
    return complain("give TYPE and NAME, or --run RUN, or --all");
  }
  const auto leases = exec::list_leases(options.leases());
  if (!leases) return complain(leases.error().text, kEnvironment);
  std::vector<exec::LeaseRecord> wanted;
  for (const exec::LeaseRecord& lease : *leases) {
    if (is_wanted(options, lease)) wanted.push_back(lease);
  }
  if (wanted.empty()) {
    if (options.type.empty()) {
      std::fprintf(stderr, "no dirty lease\n");
      return kSuccess;
    }
    return complain("there is no lease " + in_quotes(options.type + "/" + options.name));
  }
  if (options.force) return forgive(options, wanted);
  for (const exec::LeaseRecord& lease : wanted) {
    std::fprintf(stderr, "%s/%s: %s, run %s\n", one_line(lease.type).c_str(),
                 one_line(lease.name).c_str(), lease_state_name(lease.state),
                 lease.owner ? one_line(lease.owner->run_id).c_str() : "unknown");
  }
  return complain(
      "a dead run may have left something behind there; `steprun sweep` cleans up and frees its "
      "leases, --force frees them without cleanup");
}

}  // namespace

void add_lease(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<LeaseOptions>();
  CLI::App* command = app.add_subcommand("lease", "Show and repair the leases of this machine");
  command->require_subcommand(1);
  CLI::App* listing = command->add_subcommand("list", "List all leases with their holders");
  add_output_option(*listing, options->format);
  add_state_option(*listing, options->state_root);
  listing->callback([options, &exit_code] { exit_code = list(*options); });

  CLI::App* freeing =
      command->add_subcommand("reclaim", "Free leases of dead runs without cleaning up after them");
  freeing->add_option("TYPE", options->type, "Type of one lease");
  freeing->add_option("NAME", options->name, "Its name");
  freeing->add_option("--run", options->run, "All dirty leases of this run")->type_name("RUN");
  freeing->add_flag("--all", options->all, "All dirty leases");
  freeing->add_flag("--force", options->force, "Do it; without, only say what would be freed");
  add_state_option(*freeing, options->state_root);
  freeing->callback([options, &exit_code] { exit_code = reclaim(*options); });
}

}  // namespace stepreg::steprun
