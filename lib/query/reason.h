#pragma once

#include "query/affected.h"
#include "query/version_pairs.h"

namespace stepreg::query {

// Why the plans of `pair` differ: of all ways from a changed file to the test the shortest, a way
// through steps that differ before any other. Plans are effects (plan/effect.h).
Reason reason_of(const TestPair& pair, const load::Project& before, const load::Project& after,
                 const Changes& changes);

}  // namespace stepreg::query
