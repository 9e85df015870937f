// Properties of places: whatever a finding points at lies in the text that it names.
#pragma once

#include "diag/diagnostic.h"
#include "diag/report.h"
#include "source/source_file.h"

namespace stepreg::fuzz {

// Its line and columns, the excerpt, the notes and edits. A file that `sources` does not know may
// only be named as a whole.
void check_places(const Diagnostic& finding, const SourceLookup& sources);

// For findings about one file.
void check_places(const std::vector<Diagnostic>& findings, const SourceFile& file);

}  // namespace stepreg::fuzz
