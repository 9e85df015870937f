// Which files a registry has, and what each of them is (registry.md 2.1). The first stage: nothing
// is read.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "diag/sink.h"
#include "load/file_tree.h"
#include "model/tree.h"

namespace stepreg::load {

// Says whether a directory, relative to the root, is to be entered.
using EntersDirectory = std::function<bool(const std::string&)>;

// Walks the whole tree, or what `enters` lets it see: called by up to `jobs` threads. Reports
// SR001, SR002 (links to directories) and SR005; goes on with the rest.
Tree walk_registry(const FileTree& files, unsigned jobs, Sink& sink,
                   const EntersDirectory& enters = nullptr);

// All configuration files (.yaml and .yml at any depth), relative, sorted as bytes.
std::vector<std::string> walk_configs(const FileTree& files, Sink& sink);

}  // namespace stepreg::load
