#include "generate/random.h"

namespace stepreg::generate {

std::uint64_t Random::next() {
  state_ += 0x9E3779B97F4A7C15U;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31U);
}

Random Random::fork(std::string_view part) const {
  std::uint64_t hash = state_ ^ 0xCBF29CE484222325U;
  for (const char c : part) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  return Random(hash);
}

}  // namespace stepreg::generate
