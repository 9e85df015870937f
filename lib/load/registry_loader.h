// A registry from its files: walk, read, parse and decode in parallel, merge in the order of
// the walk.
#pragma once

#include <memory>
#include <string>

#include "diag/sink.h"
#include "load/file_tree.h"
#include "load/read.h"
#include "model/registry.h"

namespace stepreg::load {

struct RegistryOptions {
  bool flat = false;  // registry.md 2.3
  unsigned jobs = 1;
  std::string claims_path;                 // the cluster claim owners file; "" for none
  const ReplacedText* replaced = nullptr;  // outlives the load
};

// Reads the whole tree. What cannot be read or decoded is reported and left out. Findings come in
// no particular order.
std::unique_ptr<Registry> load_registry(const FileTree& files, const RegistryOptions& options,
                                        Sink& sink);

// Reads the cluster profiles when `registry.tree` knows their file.
void load_profiles(Registry& registry, const FileTree& files, Sink& sink);

}  // namespace stepreg::load
