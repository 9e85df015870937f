// SR4: parameters, dependencies, leases, profiles.
#pragma once

#include "diag/rule.h"

namespace stepreg {

inline constexpr RuleInfo kParameterRules[] = {
    {"SR401", "workflow-env-undeclared", kRefused,
     "a workflow sets a variable that none of its steps declares",
     "The value would never reach a script. Parameters of observers do not count here (R051).",
     "steps: {env: {P: x}, test: [{ref: s}]}  # s declares no P", "steps: {test: [{ref: s}]}",
     Fix::unsafe},
    {"SR402", "chain-env-undeclared", kRefused,
     "a chain sets a variable that no step below it declares",
     "The value would never reach a script (R050).",
     "chain: {as: c, steps: [{ref: s}], env: [{name: Q, default: a}]}",
     "chain: {as: c, steps: [{ref: s}]}", Fix::unsafe},
};

}  // namespace stepreg
