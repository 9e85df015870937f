// What the page of a run of GitHub Actions shows below the list of its steps.
#pragma once

#include <string>

#include "diag/report.h"

namespace stepreg {

// Markdown: the verdict, a table of the rules with findings, and the first findings of each of the
// most severe.
std::string github_summary(const Report& report);

}  // namespace stepreg
