// What a check may see through the name of a component, as one number: while it stays the same, so
// does every finding that rests on it, but for the places and lines that it shows of files.
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
  // Of the first `bytes` of its file's text; 0 when it is shorter.
  std::uint64_t of_text(std::uint32_t component, std::size_t bytes) const;
  // Where the line (1-based) of its file ends; 0 for line 0 and for one that does not exist.
  std::size_t end_of_line(std::uint32_t component, std::uint32_t line) const;
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
