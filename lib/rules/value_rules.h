// Values that change nothing, and leases that nobody looks at (TEMPEST T107; execution.md L126).
#pragma once

#include <string>

#include "diag/sink.h"
#include "resolve/resolved.h"

namespace stepreg::rules {

// `test` was resolved with a trace, or SR446 is off. A workflow alone is checked for its own values
// (SR446, SR708).
void check_values(const resolve::ResolvedTest& test, const std::string& id, Sink& sink);

}  // namespace stepreg::rules
