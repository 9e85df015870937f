// Findings as compact bytes, for a cache.
#pragma once

#include "base/packing.h"
#include "diag/diagnostic.h"

namespace stepreg {

void pack_location(const Location& at, PackWriter& out);
Location unpack_location(PackReader& in);

// But for the state: findings are packed before anybody excuses them.
void pack_findings(const std::vector<Diagnostic>& findings, PackWriter& out);
// Findings of the same build. When `in` is no longer ok(), the bytes were something else.
std::vector<Diagnostic> unpack_findings(PackReader& in);

}  // namespace stepreg
