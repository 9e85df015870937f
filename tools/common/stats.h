// --stats: what a command cost, stage by stage.
#pragma once

#include <CLI/CLI.hpp>

namespace stepreg::tools {

// Adds --stats (a table on stderr) and --stats-file FILE (JSON).
void add_stats_options(CLI::App& command);

// Prints and writes what was asked for; called when the command is done. False, with a message,
// when the file cannot be written.
bool report_stats();

}  // namespace stepreg::tools
