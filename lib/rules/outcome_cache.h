// Where findings are kept for the next run: for each configuration and for each script, with a
// digest of all that they rest on but for what the cache itself is kept apart by: the build, the
// trees as they were named, the severities of the rules.
#pragma once

#include <memory>

#include "diag/sink.h"
#include "load/file_cache.h"
#include "load/project.h"

namespace stepreg::rules {

// Null where nothing may be kept: for trees that are no directories, or by `--no-cache`.
std::unique_ptr<load::FileCache> outcome_cache_of_configs(const load::Project& project,
                                                          const SeverityTable& severities);
std::unique_ptr<load::FileCache> outcome_cache_of_scripts(const load::Project& project,
                                                          const SeverityTable& severities);

}  // namespace stepreg::rules
