// The files of a registry as its layout rules see them (registry.md 2.1, 2.2).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stepreg {

struct TreeFile {
  enum class Kind : std::uint8_t {
    step,
    chain,
    workflow,
    observer,
    script,
    metadata,
    owners,
    documentation,
    version,
    unknown,
  };
  Kind kind = Kind::unknown;
  std::string path;       // relative to the root
  std::string directory;  // "" for the root
  std::string name;       // last element of the path
  bool is_link = false;
};

struct Tree {
  std::string root;             // as the user named it
  std::vector<TreeFile> files;  // in the order of the walk
  std::string profiles_path;    // relative; "" when there is no cluster profile file
};

// The kind that a file name says.
TreeFile::Kind kind_of_name(std::string_view name);
// The suffix of a component file: "-ref.yaml"; "" for other kinds.
std::string_view suffix_of(TreeFile::Kind kind);
// The name that the files of a directory must start with: its path with `-` for `/`; "." for the
// root.
std::string prefix_of(std::string_view directory);

}  // namespace stepreg
