// SR7: cleanup, limits, signals (execution.md 3.8 and 8).
#pragma once

#include "diag/rule.h"

namespace stepreg {

inline constexpr RuleInfo kCleanupRules[] = {
    {"SR701", "cleanup-dropped", kBeyondWarning,
     "a test drops the step that undoes what it still sets up",
     "Its own `post` replaces that of the workflow, while `pre` still installs or creates: the "
     "resource leaks. "
     "Pairs are known by their names: the same first word, and install, provision, create, "
     "register or "
     "claim against deprovision, destroy, delete, deregister, unregister or uninstall (L101).",
     "steps: {workflow: ipi, post: [{ref: gather}]}  # the workflow would deprovision",
     "steps: {workflow: ipi}"},
    {"SR702", "post-emptied", kBeyondWarning, "an empty `post` removes all cleanup of the workflow",
     "`post: []` counts as an override and drops every `post` step of the workflow. Leave the key "
     "out to keep them (L102).",
     "steps: {workflow: w, post: []}", "steps: {workflow: w}"},
};

}  // namespace stepreg
