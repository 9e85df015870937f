// The options that name the trees; the same in every subcommand that has them.
#pragma once

#include "load/project.h"

namespace CLI {
class App;
}

namespace stepreg::tools {

void add_project_options(CLI::App& command, load::ProjectOptions& options);

// Finds and opens the project; on failure prints why to stderr and returns false. Mistakes in the
// settings are in the sink. With the id of a `test`, no more than that is opened where this is
// enough: `project.is_partial` says so.
bool open_or_complain(const load::ProjectOptions& options, load::Project& project, Sink& sink,
                      const std::string& test = "");

}  // namespace stepreg::tools
