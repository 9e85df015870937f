// Which files a registry has, and what each of them is (registry.md 2.1). The first stage: nothing
// is read.
#pragma once

#include <string>
#include <vector>

#include "diag/sink.h"
#include "model/tree.h"

namespace stepreg::load {

// Walks the tree below `root`. Reports SR001, SR002 (links to directories) and SR005; goes on with
// the rest. `root` itself must be a directory.
Tree walk_registry(const std::string& root, Sink& sink);

// All configuration files below `root` (.yaml and .yml at any depth), relative, sorted as bytes.
std::vector<std::string> walk_configs(const std::string& root, Sink& sink);

}  // namespace stepreg::load
