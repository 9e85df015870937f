// SR3: references and graph (registry.md 4.3, 4.4, 4.8, 4.12).
#pragma once

#include "diag/rule.h"

namespace stepreg {

inline constexpr RuleInfo kGraphRules[] = {
    {"SR301", "chain-unknown-step", kRefused, "a chain names a step that does not exist",
     "The registry does not load for anybody until the name is right (R040).",
     "chain: {as: c, steps: [{ref: x}]}", "chain: {as: c, steps: [{ref: a}]}", Fix::unsafe},
    {"SR302", "chain-unknown-chain", kRefused, "a chain names a chain that does not exist",
     "The registry does not load for anybody until the name is right (R041).",
     "chain: {as: c, steps: [{chain: x}]}", "chain: {as: c, steps: [{chain: d}]}", Fix::unsafe},
    {"SR303", "chain-cycle", kRefused, "a chain contains itself",
     "Directly or through other chains; the message shows the way (R042).",
     "chain: {as: c, steps: [{chain: c}]}", "chain: {as: c, steps: [{ref: a}]}"},
    {"SR304", "workflow-unknown-observer", kRefused,
     "a workflow enables an observer that does not exist",
     "The registry does not load for anybody until the name is right (R043).",
     "steps: {observers: {enable: [x]}}", "steps: {observers: {enable: [o]}}", Fix::unsafe},
    {"SR305", "workflow-unknown-step", kRefused, "a workflow names a step that does not exist",
     "The registry does not load for anybody until the name is right (R044).",
     "steps: {test: [{ref: x}]}", "steps: {test: [{ref: a}]}", Fix::unsafe},
    {"SR306", "workflow-unknown-chain", kRefused, "a workflow names a chain that does not exist",
     "The registry does not load for anybody until the name is right (R045).",
     "steps: {test: [{chain: x}]}", "steps: {test: [{chain: c}]}", Fix::unsafe},
    {"SR307", "workflow-nested", kRefused, "a workflow names a workflow",
     "Workflows cannot be nested; use chains for what they share (R014).",
     "workflow: {as: a, steps: {workflow: b}}", "workflow: {as: a, steps: {test: [{chain: c}]}}"},
    {"SR308", "step-twice", kRefused,
     "a step occurs twice in a chain, or in one phase of a workflow",
     "Names of steps are unique within a test, for its artifacts and pods are named by them "
     "(R053).",
     "steps: [{ref: s}, {ref: s}]", "steps: [{ref: s}]"},
    {"SR309", "entry-empty", kRefused, "an entry names no step and no chain, and is no step",
     "Write `ref: NAME`, `chain: NAME`, or a whole step (R054).", "steps: [{}]",
     "steps: [{ref: s}]"},
    {"SR310", "entry-fields-ignored", kBeyondWarning,
     "fields beside `ref:` or `chain:` have no effect",
     "ci-operator takes `chain`, else `ref`, and ignores the rest without a word. Set the field in "
     "the "
     "component itself (L01).",
     "steps:\n- ref: s\n  best_effort: true", "steps:\n- ref: s"},
};

}  // namespace stepreg
