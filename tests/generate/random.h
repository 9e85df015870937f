// Random numbers that are the same with every compiler and standard library: SplitMix64, and
// integers only.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace stepreg::generate {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  // A sequence of its own for a part, so that one part does not change with the size of another.
  Random fork(std::string_view part) const;

  std::uint64_t next();
  // 0 .. n-1, evenly; 0 for n = 0.
  std::size_t below(std::size_t n) { return n == 0 ? 0 : next() % n; }
  // first .. last.
  std::size_t range(std::size_t first, std::size_t last) { return first + below(last - first + 1); }
  // 0 .. n-1, the small ones much more often: a quarter of the numbers gets about three quarters.
  std::size_t skewed(std::size_t n) { return below(below(below(n) + 1) + 1); }
  // True `part` times of `whole`.
  bool chance(std::size_t part, std::size_t whole) { return below(whole) < part; }

  template <class T>
  const T& pick(const std::vector<T>& from) {
    return from[below(from.size())];
  }
  std::string_view pick(std::span<const std::string_view> from) { return from[below(from.size())]; }

 private:
  std::uint64_t state_;
};

}  // namespace stepreg::generate
