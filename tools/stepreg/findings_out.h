// How queries tell about mistakes they met on the way: on stderr, errors only.
#pragma once

#include <string>
#include <vector>

#include "diag/diagnostic.h"

namespace stepreg::tools {

// Errors among the findings, in printing order, with hints.
void complain(std::vector<Diagnostic> findings);

// "stepreg: TEXT" and, when there is one, the hint.
void complain(const std::string& text, const std::string& hint = "");

// Says that an answer is not complete, and why; nothing when it is.
void say_incomplete(const std::vector<std::string>& incomplete);

}  // namespace stepreg::tools
