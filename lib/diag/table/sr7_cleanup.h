// SR7: cleanup, limits, signals (execution.md 3.8 and 8).
#pragma once

#include "diag/rule.h"

namespace stepreg {

inline constexpr RuleInfo kCleanupRules[] = {
    {"SR702", "post-emptied", kBeyondWarning, "an empty `post` removes all cleanup of the workflow",
     "`post: []` counts as an override and drops every `post` step of the workflow. Leave the key "
     "out to keep them (L102).",
     "steps: {workflow: w, post: []}", "steps: {workflow: w}"},
};

}  // namespace stepreg
