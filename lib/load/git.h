// A git repository, read through git's plumbing: no checkout, no shell, no change of the
// repository. Git itself does the rest: partial clones fetch what is missing, alternates and
// replaced objects work.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/subprocess.h"

namespace stepreg::load {

class GitRepository {
 public:
  // One path of a tree or of the index.
  struct Entry {
    std::string path;  // relative to the top of the repository
    std::string mode;  // "100644", "100755", "120000" (a link), "160000" (a submodule)
    std::string id;    // of its content
  };
  struct IndexEntry : Entry {
    bool absent = false;   // sparse checkout: not in the work tree, and that is right
    bool trusted = false;  // the file in the work tree surely has the content `id`
  };
  struct Object {
    std::string type;  // "blob", "tree"; empty when there is none
    std::string content;
  };

  // The repository that `directory` lies in; an Error when there is none or git is not installed.
  static Result<std::shared_ptr<GitRepository>> find(const std::string& directory);

  const std::string& top() const { return top_; }  // absolute, without links
  // The place of a path below top(); the path itself need not exist. An Error when it is outside.
  Result<std::string> place_of(const std::string& path) const;

  // The tree of a commit, tag or branch: its object id.
  Result<std::string> find_tree(const std::string& revision) const;
  // All files at or below `place` ("" for everything), sorted by path.
  Result<std::vector<Entry>> list_tree(const std::string& tree, const std::string& place) const;
  Result<std::vector<IndexEntry>> list_index(const std::string& place) const;

  // Reads an object: `name` is an id, or "TREE:PATH", whose links are then followed.
  Result<Object> read_object(const std::string& name);
  // Many at once, in the same order: far faster than one by one. A partial clone fetches in one go
  // what it lacks of `tree` (an id, or "REVISION:PATH"), which should have them all.
  Result<std::vector<Object>> read_objects(const std::vector<std::string>& ids,
                                           const std::string& tree);

 private:
  explicit GitRepository(std::string top) : top_(std::move(top)) {}
  Result<std::string> run(std::vector<std::string> arguments) const;
  Result<void> start_reader();
  Result<Object> read_answer(const std::string& name);
  void fetch_missing(const std::vector<std::string>& ids, const std::string& tree) const;

  std::string top_;
  std::mutex reading_;
  std::optional<Subprocess> reader_;  // `git cat-file --batch`, started when first needed
};

}  // namespace stepreg::load
