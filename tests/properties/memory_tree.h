// A tree of generated files in memory.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "generate/files.h"
#include "load/file_tree.h"

namespace stepreg::properties {

// By path below the directory that would hold the trees: "step-registry/a/a-ref.yaml".
using Files = std::map<std::string, generate::GeneratedFile>;

// The files below one folder of `files`, which it does not own.
class MemoryTree : public load::FileTree {
 public:
  MemoryTree(const Files& files, const std::string& folder) : FileTree(folder), files_(files) {}

  bool exists() const override { return true; }
  Result<std::vector<DirEntry>> list(const std::string& directory) const override;
  bool has_file(const std::string& path) const override { return find(path) != nullptr; }
  load::LinkTarget follow(const std::string& link) const override;
  Result<std::string> read(const std::string& path, std::uint64_t max_bytes) const override;

 private:
  // The file itself, behind any links; null when there is none.
  const generate::GeneratedFile* find(const std::string& path) const;

  const Files& files_;
};

}  // namespace stepreg::properties
