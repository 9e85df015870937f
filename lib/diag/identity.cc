#include "diag/identity.h"

#include <cstddef>
#include <map>

#include "base/sha256.h"

namespace stepreg {

FindingKey key_of(const Diagnostic& finding) {
  return {std::string(finding.rule.info().code),
          finding.component.empty() ? finding.at.path : finding.component, finding.subject};
}

std::vector<std::string> fingerprints(const std::vector<Diagnostic>& findings) {
  std::map<FindingKey, std::size_t> seen;
  std::vector<std::string> prints;
  prints.reserve(findings.size());
  for (const Diagnostic& finding : findings) {
    const FindingKey key = key_of(finding);
    const std::size_t occurrence = seen[key]++;
    const char separator = '\n';
    prints.push_back(sha256_hex(key.rule + separator + key.component + separator + key.subject +
                                separator + std::to_string(occurrence)));
  }
  return prints;
}

}  // namespace stepreg
