// Trees of files that git keeps.
#pragma once

#include <map>

#include "load/file_tree.h"
#include "load/git.h"

namespace stepreg::load {

// The files of a revision at or below a place.
class RevisionTree : public FileTree {
 public:
  // `shown_revision` is what the user wrote. An Error when the revision is not there.
  static Result<std::shared_ptr<RevisionTree>> open(std::shared_ptr<GitRepository> repository,
                                                    const std::string& shown_revision,
                                                    const std::string& place);
  bool exists() const override { return true; }
  Result<std::vector<DirEntry>> list(const std::string& directory) const override;
  bool has_file(const std::string& path) const override { return files_.contains(path); }
  LinkTarget follow(const std::string& link) const override;
  Result<std::string> read(const std::string& path, std::uint64_t max_bytes) const override;
  std::string content_id(const std::string& path) const override;
  Result<void> prepare_reading() override;

 private:
  friend class WorkTree;
  RevisionTree(std::string root, std::shared_ptr<GitRepository> repository, std::string tree,
               std::string place);
  void add(const GitRepository::Entry& entry);
  Result<GitRepository::Object> object(const std::string& path) const;

  struct File {
    std::string id;
    DirEntry::Kind kind;
  };
  std::shared_ptr<GitRepository> repository_;
  std::string tree_;   // object id; "" for the index
  std::string place_;  // of the root in the repository
  std::map<std::string, File, std::less<>> files_;
  std::map<std::string, std::string, std::less<>> contents_;  // by id; after prepare_reading
  std::map<std::string, std::map<std::string, DirEntry::Kind>, std::less<>> directories_;
};

// A directory of a work tree as it is, changed and new files included. What a sparse checkout left
// out comes from the index.
class WorkTree : public DirectoryTree {
 public:
  static Result<std::shared_ptr<WorkTree>> open(std::shared_ptr<GitRepository> repository,
                                                const std::string& directory);
  bool exists() const override { return DirectoryTree::exists() || !left_out_->files_.empty(); }
  Result<std::vector<DirEntry>> list(const std::string& directory) const override;
  bool has_file(const std::string& path) const override;
  LinkTarget follow(const std::string& link) const override;
  Result<std::string> read(const std::string& path, std::uint64_t max_bytes) const override;
  std::string content_id(const std::string& path) const override;
  Result<void> prepare_reading() override { return left_out_->prepare_reading(); }

 private:
  explicit WorkTree(std::string directory) : DirectoryTree(std::move(directory)) {}
  // What a link that was left out points to; "" when that is not in this tree.
  std::string left_out_target(const std::string& link) const;

  std::shared_ptr<RevisionTree> left_out_;  // from the index
  std::map<std::string, std::string, std::less<>> ids_;
};

}  // namespace stepreg::load
