// What a check may see through the name of a component, as one number: while it stays the same, so
// does every finding that rests on it.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "model/registry.h"

namespace stepreg::rules {

// Of a whole registry, made once; may be used by several threads.
class ComponentDigests {
 public:
  explicit ComponentDigests(const Registry& registry);

  // Of the component with this id ("ref/a"): its file, its script and all that it leads to. Empty
  // for one that does not exist.
  std::string_view of(std::string_view id) const;
  // Of what every check may see besides: which names there are, profiles and claims.
  const std::string& of_whole() const { return whole_; }

 private:
  friend class DigestMaker;
  std::unordered_map<std::string, std::string> by_id_;
  std::string whole_;
};

}  // namespace stepreg::rules
