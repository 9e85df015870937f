// Quantities of Kubernetes: `500m`, `2Gi`, `1e3` (registry.md 3.9). Only what rules need: is the
// text one, is it zero or negative, is it above a limit.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace stepreg {

// Wide enough for every quantity that is compared; __extension__ because ISO C++ has no such type.
__extension__ typedef unsigned __int128 QuantityMagnitude;

class Quantity {
 public:
  bool is_zero() const { return nano_ == 0; }
  bool is_negative() const { return negative_ && nano_ != 0; }
  // Compares with a whole number of units (`2G` is 2'000'000'000). Values far above any limit
  // compare as larger, whatever they are exactly.
  bool is_above(std::uint64_t units) const;
  // Whole units, rounded up; 0 for negative values, and at most UINT64_MAX.
  std::uint64_t units() const;

 private:
  friend std::optional<Quantity> parse_quantity(std::string_view text);
  bool negative_ = false;
  // The magnitude in units of 10^-9, rounded away from zero as Kubernetes does, capped.
  QuantityMagnitude nano_ = 0;
};

// `[+-] digits [. digits] [suffix]`. As in Kubernetes the digits may be missing: `.`, `-` and `k`
// are zero. nullopt for anything else, blanks included.
std::optional<Quantity> parse_quantity(std::string_view text);

}  // namespace stepreg
