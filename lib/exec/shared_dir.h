// The shared directory of a run (execution.md 5.5): committed generations 000000, 000001, ... and a
// link `current`. A step works on a private copy, which replaces the current generation at the
// step's end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace stepreg::exec {

inline constexpr std::uint64_t kSharedDirBytes = 1048576;  // limit of a Kubernetes Secret (E234)
inline constexpr unsigned kSharedGenerationsKept = 5;

struct CommitOutcome {
  bool committed = false;
  // Why the commit was rejected: size, name, special or unreadable file, disk. The previous
  // generation stays current, the private copy stays where it is.
  std::optional<Error> rejected;
  unsigned generation = 0;  // current one afterwards; unchanged content makes no new one
  std::uint64_t bytes = 0;
  std::vector<std::string> dropped;  // names that were left out: sub-directories, links to nothing
};

struct SalvageOutcome {
  std::vector<std::string> merged;   // names taken from the private copy
  std::vector<std::string> skipped;  // "NAME: why"
  unsigned generation = 0;
};

class SharedDir {
 public:
  // Generation 0, empty. The directory must not exist.
  static Result<SharedDir> create(const std::string& directory);
  // An existing one, as a resumed run finds it. Half-made generations are removed.
  static Result<SharedDir> open(const std::string& directory);

  unsigned generation() const { return generation_; }
  std::string current_path() const;  // of the current generation, without links

  // Fills `private_dir` (created when missing, emptied otherwise) with the current generation.
  Result<void> copy_to(const std::string& private_dir) const;
  // Brings an observer's copy up to date in place, each file by rename; absent ones are removed.
  Result<void> refresh(const std::string& observer_dir) const;
  CommitOutcome commit(const std::string& private_dir);
  // M091 (5): new and changed files of an interrupted step over the current generation when the
  // result is valid, else only the new ones. Nothing is removed.
  Result<SalvageOutcome> salvage(const std::string& private_dir);
  // Puts one file into the current generation, by rename (V045).
  Result<void> publish(const std::string& name, const std::string& from);

 private:
  SharedDir(std::string directory, unsigned generation);
  struct Content;
  std::string path_of(unsigned generation) const;
  Result<void> make_generation(unsigned number, const Content& content) const;
  Result<void> switch_to(unsigned number);
  Result<void> advance_to(const Content& content);
  void remove_old() const;

  std::string directory_;
  unsigned generation_ = 0;
};

// Hands `kubeconfig` and `kubeconfig-minimal` on as soon as the running step has written them, and
// gives the step its own copy of `kubeconfig` (V045). Poll it once a second while the step runs.
class KubeconfigWatch {
 public:
  // `own_copy`: the step's KUBECONFIG; created by rename as soon as a source exists, never updated.
  KubeconfigWatch(SharedDir& shared, std::string private_dir, std::string own_copy);
  // Returns the names that were published now; warnings go to `warnings`. A file is published when
  // its size and time are the same in two polls.
  std::vector<std::string> poll(std::vector<std::string>& warnings);
  bool finished() const;  // nothing is left to be watched

 private:
  struct Watched {
    std::string name;
    bool published = false;
    std::int64_t size = -1;
    std::int64_t mtime_ns = 0;
  };
  void make_own_copy(std::vector<std::string>& warnings);

  SharedDir* shared_;
  std::string private_dir_;
  std::string own_copy_;
  Watched watched_[2];
  bool own_copy_made_ = false;
};

}  // namespace stepreg::exec
