// How large a generated registry is, and how often it uses what.
#pragma once

#include <cstddef>
#include <cstdint>

#include "generate/random.h"

namespace stepreg::generate {

struct Shape {
  std::uint64_t seed = 1;
  std::size_t steps = 0, chains = 0, workflows = 0, observers = 0, configs = 0;
  // Texts and scripts are written in full; else a line or two.
  bool long_texts = true;
  // What is rare in real trees is common: for small registries that still have everything.
  bool rich = false;
};

// The largest real registry times `size`: registry.md 6.
Shape real_shape(std::uint64_t seed, double size);
// A few components and configurations with every feature; the numbers vary with the seed.
Shape small_shape(std::uint64_t seed);

}  // namespace stepreg::generate
