// Mistakes that people make, made at a random place of a valid tree.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "generate/random.h"
#include "properties/memory_tree.h"

namespace stepreg::properties {

// Where the mistake has to be reported.
struct Spot {
  std::string path;        // "": in several files, or another than the mistake is in
  std::uint32_t line = 0;  // 1-based; 0: at the file as a whole, or somewhere in it
};

// A rule that rightly fires as well.
struct FollowOn {
  std::string_view rule, reason;
};

struct MutationKind {
  std::string_view name;
  std::string_view rule;
  // Changes the tree; nullopt when it has no place for such a mistake.
  std::optional<Spot> (*make)(Files& files, generate::Random& random);
  std::vector<FollowOn> follow_ons = {};
};

std::span<const MutationKind> mutation_kinds();

}  // namespace stepreg::properties
