// The texts of a project by the paths that findings show.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "load/project.h"

namespace stepreg::load {

// Knows what the registry has read, and reads anything else (configurations, which are not kept)
// when it is asked for. Not thread-safe. The registry must outlive it.
class SourcePool {
 public:
  explicit SourcePool(const Registry& registry);

  const SourceFile* find(const std::string& path);  // null when it cannot be read
  // The registry's own files that may have comments: components, scripts, OWNERS.
  const std::vector<const SourceFile*>& registry_files() const { return registry_files_; }

 private:
  void add(const SourceFile* file);

  std::vector<const SourceFile*> registry_files_;
  std::unordered_map<std::string, const SourceFile*> by_path_;
  std::vector<std::unique_ptr<SourceFile>> read_later_;
};

}  // namespace stepreg::load
