// SR5: scripts.
#pragma once

#include "diag/rule.h"

namespace stepreg {

inline constexpr RuleInfo kScriptRules[] = {
    {"SR505", "script-is-link-text", kBeyondWarning, "a script is one line that names another file",
     "A symbolic link that was stored as an ordinary file by a checkout without links: the step "
     "would try to run the path as a command.",
     "../gather/gather-commands.sh", "ln -s ../gather/gather-commands.sh run-commands.sh"},
    {"SR510", "trap-needs-grace-period", kBeyondError,
     "a script sets a trap, and the step has no `grace_period`",
     "The handler has only 15s before the kill. ci-operator looks for the word `trap` anywhere, "
     "also in comments; "
     "this rule reads shell (R080, L150).",
     "trap cleanup EXIT  # ref: {as: a}", "trap cleanup EXIT  # ref: {as: a, grace_period: 2m}"},
};

}  // namespace stepreg
