// As much of a registry as one configuration needs: answers about one test must not wait for
// thousands of files.
#pragma once

#include <memory>
#include <string>

#include "diag/sink.h"
#include "load/project.h"

namespace stepreg::query {

// Opens a project that was found (find_project) with the one configuration of that path, which is
// returned, and the components that its tests reach. What resolve_test() makes of these tests is
// the same as with the whole registry. Null when something is missing or has an error, or when only
// the whole tree can tell: then nothing was reported, and open_project() has to answer.
std::unique_ptr<load::LoadedConfig> open_partially(load::Project& project,
                                                   const std::string& config_path,
                                                   const Sink& like);

}  // namespace stepreg::query
