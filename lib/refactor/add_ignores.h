// Writes comments that excuse findings where they are.
#pragma once

#include <string>
#include <vector>

#include "diag/report.h"
#include "refactor/edits.h"

namespace stepreg {

struct IgnorePlan {
  std::vector<FileChange> changes;
  std::size_t ignored = 0;           // findings that the comments will excuse
  std::vector<std::string> refused;  // files that can hold no comment, and why; one line each
};

// Plans a line `# stepreg: ignore[RULE, ...] reason` before every line with active findings, and
// `ignore-file` at the top for findings about a file as a whole or in the middle of a text that a
// comment would change. Findings about settings, suppressions and baselines (SR9) are left. Reads
// the files; writes nothing.
IgnorePlan plan_ignores(const Report& report, const std::string& reason);

}  // namespace stepreg
