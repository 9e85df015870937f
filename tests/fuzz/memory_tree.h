// A tree of files that is cut out of one text:
//
//   === registry/a/a-ref.yaml
//   ref:
//     as: a
//   === config/acme/shop/acme-shop-main.yaml
//   tests: []
//
// A line `=== PATH` begins a file. Text in front of the first such line belongs to no file, and of
// two files with one path the last one counts.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "load/file_tree.h"

namespace stepreg::fuzz {

using Texts = std::map<std::string, std::string, std::less<>>;

// Paths that no directory could hold are left out, as are files behind the first `kMaxFiles`.
inline constexpr std::size_t kMaxFiles = 40;
Texts texts_of(std::string_view input);

// The files of `texts` below ROOT/; `texts` outlives the tree.
class MemoryTree : public load::FileTree {
 public:
  MemoryTree(std::string root, const Texts& texts) : FileTree(std::move(root)), texts_(texts) {}
  bool exists() const override { return true; }
  Result<std::vector<DirEntry>> list(const std::string& directory) const override;
  bool has_file(const std::string& path) const override { return texts_.contains(shown(path)); }
  load::LinkTarget follow(const std::string&) const override { return {}; }
  Result<std::string> read(const std::string& path, std::uint64_t max_bytes) const override;

 private:
  const Texts& texts_;
};

}  // namespace stepreg::fuzz
