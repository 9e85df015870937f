// One run as one HTML page that needs nothing else: no scripts, no links to other places.
#pragma once

#include <string>

#include "exec/run_view.h"

namespace stepreg::exec {

// Everything that comes from outside is escaped. Logs are read from the run directory; they were
// censored when they were written.
std::string html_report(const RunView& view);

}  // namespace stepreg::exec
