// Comments that excuse findings (see suppression_comment.h for their forms).
#pragma once

#include <span>
#include <vector>

#include "diag/report.h"
#include "diag/sink.h"
#include "source/source_file.h"

namespace stepreg {

// Marks findings as ignored, with the reason, where a comment of their file covers their line. What
// is wrong with the comments themselves (SR901 to SR904) goes to `sink`, whose severities also say
// which rules are off and therefore never unused; `undecided` as in Report.
void apply_suppressions(std::span<const SourceFile* const> files, const RuleSet& undecided,
                        std::vector<Diagnostic>& findings, Sink& sink);

// Whether it is worth to keep a text for apply_suppressions.
bool may_have_suppressions(const SourceFile& file);

}  // namespace stepreg
