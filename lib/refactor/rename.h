// Gives a component another name: its folder and files move, and everything that names it follows.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "load/project.h"
#include "refactor/edits.h"

namespace stepreg {

struct RenameRequest {
  std::string component;  // "ref/NAME", "chain/NAME", "workflow/NAME", "observer/NAME"
  std::string new_name;   // without the kind
  std::string directory;  // where it goes, relative to the registry's root; "": chosen
};

// All that has to happen. Nothing has been written yet.
struct RenamePlan {
  struct Move {
    std::string from, to;  // as seen from the working directory
  };
  struct Link {
    std::string path;           // before the moves
    std::string before, after;  // its target
  };
  std::vector<FileChange> edits;   // at the old paths, sorted
  std::vector<Move> moves;         // sorted by `from`; targets do not exist
  std::vector<FileChange> copies;  // files that both places need: OWNERS of a folder that is shared
  std::vector<Link> links;         // symbolic links whose target must be written differently
  std::size_t references = 0;      // places that named it
  std::vector<std::string> remarks;   // what the new name changes besides names, one line each
  std::vector<std::string> problems;  // why it is refused; empty: it can be applied
};

// Finds everything that has to change in the registry, the configurations and the settings of an
// open project. The folder that is chosen shares as much of the tree as the names allow.
RenamePlan plan_rename(const load::Project& project, const RenameRequest& request);

// Does all of it or nothing: after a failure what was done is undone. Folders that are left empty
// are removed.
Result<void> apply_rename(const RenamePlan& plan);

// The plan as a diff that `git apply` and `patch -p1` read.
std::string diff_of(const RenamePlan& plan);

}  // namespace stepreg
