// Mends files by the edits of findings. Edits change the text, so that comments and layout stay.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "diag/diagnostic.h"

namespace stepreg {

// A file before and after; bytes as they lie on disk.
struct FileChange {
  std::string path;
  std::optional<std::string> before;  // nullopt: the file is new
  std::string after;
};

struct FixPlan {
  std::vector<FileChange> changes;  // sorted by path; only files that do change
  std::vector<std::size_t> fixed;   // indexes of the findings whose edits are all in `changes`
  std::size_t overlapping = 0;  // findings left for the next run: an earlier one changes the place
  std::vector<std::string> refused;  // files that cannot be edited as text, and why; one line each
};

// Plans the edits of active findings whose fix is at most `level` (safe, or safe and unsafe). The
// edits of one finding are taken together or not at all; of findings that change the same place
// the first wins. Offsets count in the file's UTF-8 text without byte order mark; files in another
// encoding or compressed are refused. Reads the files; writes nothing.
FixPlan plan_fixes(const std::vector<Diagnostic>& findings, Fix level);

// Writes all changes or, as far as the system lets it, none: each file is replaced atomically, and
// after a failure those already replaced get their old content back. Refuses to begin when a file
// differs from `before`.
Result<void> apply_changes(const std::vector<FileChange>& changes);

// All changes as one unified diff, as `patch -p0` reads it from the directory where we ran.
std::string diff_of(const std::vector<FileChange>& changes);

}  // namespace stepreg
