// The texts of a project by the paths that findings show.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "load/project.h"

namespace stepreg::load {

// Knows what the registry has read, and reads anything else (configurations, which are not kept)
// when it is asked for. Not thread-safe. The registry must outlive it.
class SourcePool {
 public:
  explicit SourcePool(const Registry& registry) : registry_(registry) {}

  const SourceFile* find(const std::string& path);  // null when it cannot be read
  // Was it read with the registry, or asked for before?
  bool knows(const std::string& path) {
    return by_path().count(path) > 0 || unreadable_.count(path) > 0;
  }

 private:
  using ByPath = std::unordered_map<std::string_view, const SourceFile*>;
  ByPath& by_path();

  const Registry& registry_;
  ByPath by_path_;  // filled when first asked
  std::vector<std::unique_ptr<SourceFile>> read_later_;
  std::set<std::string> unreadable_;
};

}  // namespace stepreg::load
