// What was found in an older revision of the working tree.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "stepreg/lint_run.h"

namespace stepreg::tools {

// Checks the trees of `options` as they are in `revision` (anything that git understands), with the
// severities of today. The working directory is changed meanwhile, and back at the end. An Error
// when git does not know the revision or the trees lie outside of the working tree.
Result<std::vector<Diagnostic>> findings_at(const std::string& revision,
                                            const LintOptions& options);

}  // namespace stepreg::tools
