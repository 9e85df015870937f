// The options that name the trees; the same in every subcommand that has them.
#pragma once

#include "load/project.h"

namespace CLI {
class App;
}

namespace stepreg::tools {

void add_project_options(CLI::App& command, load::ProjectOptions& options);

// Finds and opens the project; on failure prints why to stderr and returns false. Mistakes in the
// settings are in the sink.
bool open_or_complain(const load::ProjectOptions& options, load::Project& project, Sink& sink);

}  // namespace stepreg::tools
