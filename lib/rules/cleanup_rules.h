// Rules of cleanup and limits that a resolved test decides (execution.md 8.1).
#pragma once

#include "diag/sink.h"
#include "load/config_loader.h"
#include "model/registry.h"
#include "resolve/resolved.h"
#include "rules/expansion.h"

namespace stepreg::rules {

// L101 and L102: what a test loses by a `post` of its own.
void check_cleanup(const Registry& registry, const load::LoadedConfig& config,
                   const resolve::ResolvedTest& test, Sink& sink);

}  // namespace stepreg::rules
