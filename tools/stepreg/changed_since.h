// What was found in an older revision of the working tree.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "stepreg/lint_run.h"

namespace stepreg::tools {

// Checks the trees of `now` as they are in `revision` (anything that git understands), with the
// severities of today; their paths are those of today's trees. Only what is needed of the revision
// is read, straight from git. An Error when git does not know the revision or the trees lie outside
// of a repository.
Result<std::vector<Diagnostic>> findings_at(const std::string& revision, const LintOptions& options,
                                            const Judged& now);

}  // namespace stepreg::tools
