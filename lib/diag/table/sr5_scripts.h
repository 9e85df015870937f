// SR5: scripts.
#pragma once

#include "diag/rule.h"

namespace stepreg {

inline constexpr RuleInfo kScriptRules[] = {
    {"SR505", "script-is-link-text", kBeyondWarning, "a script is one line that names another file",
     "A symbolic link that was stored as an ordinary file by a checkout without links: the step "
     "would try to run the path as a command.",
     "../gather/gather-commands.sh", "ln -s ../gather/gather-commands.sh run-commands.sh"},
};

}  // namespace stepreg
