// What a check may see through the name of a component, as a digest: while it stays the same, so
// does every finding that rests on it, but for what it shows of texts: places, lines, and how to
// mend them. Checks of a configuration look at nothing else in the text of a component.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/checksum.h"
#include "model/registry.h"
#include "rules/reached.h"

namespace stepreg::rules {

// Of a whole registry, made once; may be used by several threads. Refers to the registry.
class ComponentDigests {
 public:
  static constexpr std::size_t kBytes = kDigestBytes;

  ComponentDigests(const Registry& registry, const ComponentIds& ids);

  // All of the components stand by the numbers that `ids` gives them.
  std::size_t size() const { return digests_.size(); }
  // Of what its file says, its script and all that it leads to; kBytes.
  std::string_view of(std::uint32_t component) const { return digests_[component]; }
  // Of its file's text up to and with this line (1-based); of an empty text for line 0. All of it
  // when the text ends before.
  std::uint64_t of_lines(std::uint32_t component, std::uint32_t line) const;
  static constexpr std::uint32_t kAllLines = UINT32_MAX;
  // Of what every check may see besides: which names there are, profiles and claims. While it stays
  // the same, so do the numbers.
  const std::string& of_whole() const { return whole_; }

  // The component whose file findings show by this path; kWhole for a file that of_whole() covers.
  // Nullopt for any other.
  static constexpr std::uint32_t kWhole = UINT32_MAX;
  std::optional<std::uint32_t> component_at(std::string_view path) const;

 private:
  friend class DigestMaker;
  std::vector<std::string> digests_;
  std::vector<const SourceFile*> files_;
  std::unordered_map<std::string_view, std::uint32_t> by_path_;
  std::string whole_;
};

}  // namespace stepreg::rules
