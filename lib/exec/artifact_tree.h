// What a step left in its artifact directory, cleaned of what may not be published (V033).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace stepreg::exec {

struct ArtifactFile {
  std::string path;  // below the root
  std::uint64_t bytes = 0;
  std::int64_t modified_ns = 0;
};

struct ArtifactTree {
  std::vector<ArtifactFile> files;    // in order of their paths
  std::vector<std::string> warnings;  // what was removed or could not be read, with the reason
};

// Removes special files and links that lead outside; absolute links to inside become relative, so
// that they survive a move. Nothing outside of `root` is ever touched.
ArtifactTree clean_artifacts(const std::string& root);

// Removes files until at most `max_bytes` are left: the largest first, of equal ones the youngest.
// Returns their paths.
std::vector<std::string> limit_artifacts(const std::string& root, ArtifactTree& tree,
                                         std::uint64_t max_bytes);

}  // namespace stepreg::exec
