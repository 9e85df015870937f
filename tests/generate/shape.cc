#include "generate/shape.h"

#include <algorithm>

namespace stepreg::generate {

Shape real_shape(std::uint64_t seed, double size) {
  const auto times = [&](double number) {
    return std::max<std::size_t>(3, static_cast<std::size_t>(number * size + 0.5));
  };
  Shape shape;
  shape.seed = seed;
  shape.steps = times(1487);
  shape.chains = times(778);
  shape.workflows = times(978);
  shape.observers = 3;
  shape.configs = times(11519);
  return shape;
}

Shape small_shape(std::uint64_t seed) {
  Random random = Random(seed).fork("small shape");
  Shape shape;
  shape.seed = seed;
  shape.steps = random.range(8, 40);
  shape.chains = random.range(3, 16);
  shape.workflows = random.range(2, 8);
  shape.observers = random.range(1, 3);
  shape.configs = random.range(2, 10);
  shape.long_texts = false;
  shape.rich = true;
  return shape;
}

}  // namespace stepreg::generate
