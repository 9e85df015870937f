// What stays the same about a finding while lines above it come and go. Baselines and the
// fingerprints of machine formats are made from it.
#pragma once

#include <compare>
#include <string>
#include <vector>

#include "diag/diagnostic.h"

namespace stepreg {

struct FindingKey {
  std::string rule;       // its code
  std::string component;  // component or test id; the path of the file when there is none
  std::string subject;    // may be empty

  auto operator<=>(const FindingKey&) const = default;
};

FindingKey key_of(const Diagnostic& finding);

// For each finding 64 hexadecimal digits: the key, and which of the findings with the same key it
// is, in the order given. No two of one run are equal.
std::vector<std::string> fingerprints(const std::vector<Diagnostic>& findings);

}  // namespace stepreg
