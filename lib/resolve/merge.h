#pragma once

#include "diag/sink.h"
#include "resolve/resolved.h"

namespace stepreg::resolve {

// Merges the settings of a workflow into those of a test (registry.md 5.2). Either may be null.
// False when a lease of the test contradicts one of the workflow (SR409); the test cannot be
// resolved then.
bool merge(const MultiStage* workflow, const MultiStage* test, const Text& handed_down_architecture,
           const std::string& id, Sink& sink, Merged& merged);

}  // namespace stepreg::resolve
