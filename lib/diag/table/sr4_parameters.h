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
    {"SR403", "env-undeclared", kRefused, "a test sets a variable that nothing of it declares",
     "No step, no enabled observer, and no phase of the workflow that the test replaced. A "
     "misspelt name "
     "is the usual cause (R309).",
     "steps: {workflow: w, env: {REGOIN: r2}}", "steps: {workflow: w, env: {REGION: r2}}"},
    {"SR404", "workflow-dependency-undeclared", kRefused,
     "a workflow replaces a dependency that none of its steps has",
     "It would have no effect (R052).", "steps: {dependencies: {D: src}, test: [{ref: s}]}",
     "steps: {test: [{ref: s}]}"},
    {"SR405", "dependency-undeclared", kRefused,
     "a test replaces a dependency that none of its steps has", "It would have no effect (R310).",
     "steps: {workflow: w, dependencies: {OTHER: src}}",
     "steps: {workflow: w, dependencies: {PAYLOAD: src}}"},
    {"SR406", "parameter-required", kRefused, "a required parameter of a step is set by nothing",
     "A parameter without default needs a value from a chain, the workflow or the test (R306).",
     "steps: {workflow: w}  # s needs Q", "steps: {workflow: w, env: {Q: v}}"},
    {"SR407", "observer-parameter-required", kRefused,
     "a required parameter of an observer is set by nothing",
     "A parameter without default needs a value from the workflow or the test (R307).",
     "observers: {enable: [o]}  # o needs RATE", "observers: {enable: [o]}, env: {RATE: \"5\"}"},
    {"SR408", "literal-parameter-required", kOnlyCiOperator,
     "a step written in place has a parameter that the test itself does not set",
     "ci-operator looks only at the `env` of the test, so it refuses values that the workflow "
     "provides; "
     "SR406 is the precise rule (R081).",
     "steps: {env: {Y: z}, test: [{as: s, env: [{name: X}]}]}",
     "steps: {env: {X: z}, test: [{as: s, env: [{name: X}]}]}"},
    {"SR409", "lease-conflict", kRefused, "a lease of a test differs from that of its workflow",
     "The same variable with another type or count. The count is compared as it is written (R303).",
     "leases: [{resource_type: r, env: L, count: 1}]  # the workflow gives no count",
     "leases: [{resource_type: r, env: L}]"},
    {"SR410", "profile-undefined", kRefused, "a cluster profile is not defined",
     "Profiles stand in cluster-profiles/cluster-profiles-config.yaml (R311, R230).",
     "steps: {cluster_profile: awz}", "steps: {cluster_profile: aws}"},
};

}  // namespace stepreg
