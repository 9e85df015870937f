// The texts of a project by the paths that findings show.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "load/project.h"

namespace stepreg::load {

// Knows what the registry has read, and reads anything else (configurations, which are not kept)
// when it is asked for. Not thread-safe. The registry must outlive it.
class SourcePool {
 public:
  explicit SourcePool(const Registry& registry) : registry_(registry) {}

  const SourceFile* find(const std::string& path);  // null when it cannot be read
  // Those of `paths` that were not read with the registry, sorted.
  std::vector<std::string_view> others(std::unordered_set<std::string_view> paths) const;

 private:
  using ByPath = std::unordered_map<std::string_view, const SourceFile*>;
  ByPath& by_path();
  template <class Take>
  void for_each_of_registry(Take take) const;

  const Registry& registry_;
  ByPath by_path_;  // filled when first asked
  std::vector<std::unique_ptr<SourceFile>> read_later_;
  std::set<std::string> unreadable_;
};

}  // namespace stepreg::load
