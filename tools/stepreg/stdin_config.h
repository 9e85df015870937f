// A configuration from standard input.
#pragma once

#include <memory>
#include <string>

#include "load/project.h"

namespace stepreg::tools {

// Reads standard input to its end. `name` is the path that the text stands for: it gives the
// configuration its identity and stands in messages. Null, with a finding, when it is no text.
std::unique_ptr<load::LoadedConfig> read_stdin_config(const load::Project& project,
                                                      const std::string& name, Sink& sink);

}  // namespace stepreg::tools
