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
    {"SR450", "profile-without-metadata",
     Severities{Severity::error, Severity::warning, Severity::warning},
     "a test uses a cluster profile and its file does not say where it belongs",
     "ci-operator decides by `zz_generated_metadata` who may use a profile, and refuses every "
     "profile where it is missing. Here the path of the file is used instead (R231).",
     "tests: [{as: e2e, steps: {cluster_profile: aws}}]",
     "zz_generated_metadata: {org: o, repo: r, branch: main}"},
    {"SR451", "profile-not-allowed", kRefused,
     "a repository uses a cluster profile that belongs to others",
     "The profile names its owners. A repository of openshift-priv may use what the one it mirrors "
     "may use (R232).",
     "steps: {cluster_profile: other-team}", "steps: {cluster_profile: aws}"},
    {"SR452", "profile-set-member", kRefused,
     "a test names a member of a cluster profile set directly",
     "Name the set, so that the least used member can be taken; or add the test to "
     "`tests_exceptions` (R233).",
     "steps: {cluster_profile: aws-2}  # a member of aws-set", "steps: {cluster_profile: aws-set}"},
    {"SR453", "claim-not-allowed", kRefused, "a repository claims clusters that belong to others",
     "The owner of the pool is listed with the repositories that may use it (R234).",
     "cluster_claim: {owner: other-team, ...}", "cluster_claim: {owner: my-team, ...}"},
    {"SR454", "claim-label-reserved", kRefused, "a label of a cluster claim is reserved",
     "product, version, architecture, cloud and owner are fields of the claim itself (R206).",
     "cluster_claim: {labels: {cloud: aws}, ...}", "cluster_claim: {cloud: aws, ...}"},
    {"SR455", "claim-field-missing", kRefused, "a cluster claim lacks version, cloud or owner",
     "They choose the pool (R207).", "cluster_claim: {version: \"4.16\", owner: o}",
     "cluster_claim: {version: \"4.16\", cloud: aws, owner: o}"},
    {"SR456", "claim-not-multi-stage", kRefused,
     "a cluster claim on a test that is not a multi-stage test",
     "Only steps can use the cluster (R208).", "container: {from: src}\ncluster_claim: {...}",
     "steps: {test: [...]}\ncluster_claim: {...}"},
    {"SR457", "claim-and-profile", kRefused, "a test has a cluster claim and a cluster profile",
     "The claim brings a cluster, the profile the means to install one; use one of them (R209).",
     "steps: {cluster_profile: aws}\ncluster_claim: {...}", "cluster_claim: {...}"},
    {"SR458", "lease-hidden", kBeyondWarning,
     "a lease for LEASED_RESOURCE beside that of the cluster profile",
     "Two leases are taken, and only the explicit one is visible: that of the profile is held for "
     "nothing (L05).",
     "cluster_profile: aws\nleases: [{env: LEASED_RESOURCE, resource_type: aws-quota-slice}]",
     "cluster_profile: aws"},
    {"SR459", "release-as-stream", kBeyondWarning,
     "a step takes its image from a stream that is called like a release",
     "The images of release `x` are in the stream `stable-x`; `x:` passes ci-operator's checks by "
     "accident and names a stream that does not exist (L21).",
     "releases: {x: {...}}  # and a step with from: 'x:cli'", "from: 'stable-x:cli'"},
};

}  // namespace stepreg
