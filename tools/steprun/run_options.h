// The options of `steprun run`.
#pragma once

#include <string>
#include <vector>

#include "exec/options.h"
#include "steprun/console.h"

namespace CLI {
class App;
}

namespace stepreg::steprun {

struct RunArguments {
  std::string plan;
  std::string state;
  std::string root = ".";
  exec::RunOptions run;
  ConsoleOptions console;
  std::string stop_hold;
  std::string stale_age;
  std::string drain;
  std::string unkillable;
  std::string heartbeat;
  std::vector<std::string> release_retry;
  std::string compat;
  std::string stamps;
  std::string chaos;
  std::string rerun_failed;
  bool dry_run = false;
};

// Fills the times and what --chaos says into `arguments.run`. False after a complaint.
bool parse_times(RunArguments& arguments);

void add_selection(CLI::App& command, RunArguments& arguments);
void add_stopping(CLI::App& command, RunArguments& arguments);
void add_output(CLI::App& command, RunArguments& arguments);
void add_debugging(CLI::App& command, RunArguments& arguments);

}  // namespace stepreg::steprun
