// SR9: settings, suppressions and baseline of the tool itself.
#pragma once

#include "diag/rule.h"

namespace stepreg {

inline constexpr RuleInfo kSettingsRules[] = {
    {"SR901", "suppression-unused", kBeyondWarning, "a suppression that hides nothing",
     "Nothing on the line is found any more. Remove the comment.",
     "as: a  # stepreg: ignore[ref-name]", "as: a", Fix::safe},
};

}  // namespace stepreg
