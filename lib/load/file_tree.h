// A tree of files that a registry or configurations are read from: a directory, or a revision of a
// repository. Paths are relative to its root. All functions may be called from several threads.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/fs.h"
#include "base/result.h"
#include "base/unique_fd.h"

namespace stepreg::load {

// What a symbolic link leads to.
struct LinkTarget {
  enum class Kind { nowhere, file, directory };
  Kind kind = Kind::nowhere;
  std::string outside;  // the target, when it is not in the tree
};

class FileCache;

// Changes whenever somebody changes the file. Times are in nanoseconds since 1970.
struct FileStamp {
  std::uint64_t size = 0;
  std::uint64_t modified = 0, changed = 0;  // its content; anything about it
  std::uint64_t device = 0, inode = 0;
  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

class FileTree {
 public:
  explicit FileTree(std::string root) : root_(std::move(root)) {}
  virtual ~FileTree() = default;
  FileTree(const FileTree&) = delete;
  FileTree& operator=(const FileTree&) = delete;

  // What users see in front of every path: a directory as they named it, or "REVISION:DIRECTORY".
  const std::string& root() const { return root_; }
  std::string shown(const std::string& path) const { return join_path(root_, path); }

  // Is there such a tree? A revision's tree is there even when it has no files.
  virtual bool exists() const = 0;
  // Sorted by name as bytes; "" is the root.
  virtual Result<std::vector<DirEntry>> list(const std::string& directory) const = 0;
  virtual bool has_file(const std::string& path) const = 0;
  virtual LinkTarget follow(const std::string& link) const = 0;
  // Links are followed. As read_file of base/fs.h; errors begin with the shown path.
  virtual Result<std::string> read(const std::string& path, std::uint64_t max_bytes) const = 0;
  // Called by whoever is about to read most of the files; not together with other functions. An
  // Error when they cannot be had at all.
  virtual Result<void> prepare_reading() { return {}; }
  // Links are followed. Nullopt when there is no such file, or nothing that could be told by a
  // stamp.
  virtual std::optional<FileStamp> stamp(const std::string&) const { return std::nullopt; }
  // Documents and listings of earlier runs, for whoever reads this tree; may be null.
  virtual FileCache* cache() const { return nullptr; }
  // Equal ids mean equal content; "" when the content would have to be read to know.
  virtual std::string content_id(const std::string&) const { return ""; }

 private:
  std::string root_;
};

class DirectoryTree : public FileTree {
 public:
  explicit DirectoryTree(std::string root);
  ~DirectoryTree() override;
  bool exists() const override { return is_directory(root()); }
  Result<std::vector<DirEntry>> list(const std::string& directory) const override;
  bool has_file(const std::string& path) const override { return path_exists(shown(path)); }
  LinkTarget follow(const std::string& link) const override;
  Result<std::string> read(const std::string& path, std::uint64_t max_bytes) const override;
  std::optional<FileStamp> stamp(const std::string& path) const override;
  FileCache* cache() const override { return cache_.get(); }

  // Looks for what earlier runs have kept of this tree; what this one adds is kept when the tree is
  // destroyed. Call before the first reading.
  void use_cache();

 private:
  std::optional<FileStamp> directory_stamp(const std::string& path) const;

  std::string real_root_;
  UniqueFd root_fd_;
  std::unique_ptr<FileCache> cache_;
  bool keeps_listings_ = false;
  std::uint64_t root_device_ = 0;
};

}  // namespace stepreg::load
