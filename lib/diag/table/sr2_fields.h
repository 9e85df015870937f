// SR2: fields of an object (registry.md 3, 4.2, 4.5 to 4.7).
#pragma once

#include "diag/rule.h"

namespace stepreg {

inline constexpr RuleInfo kFieldRules[] = {
    {"SR201", "unknown-field", kRefused, "a field that no such object has",
     "Registry files are read strictly: a misspelt field is refused (R032).",
     "ref: {as: a, timout: 1h}", "ref: {as: a, timeout: 1h}", Fix::unsafe},
    {"SR202", "config-unknown-field", kBeyondWarning,
     "a field of a configuration that no such object has",
     "Most tools of the field ignore it, so what it should have done silently does not happen "
     "(R032, "
     "L04).",
     "tests:\n- as: a\n  optinal: true", "tests:\n- as: a\n  optional: true", Fix::unsafe},
    {"SR203", "wrong-type", kRefused, "a value is of the wrong type",
     "Where a text is asked for, an unquoted number or boolean is converted in some objects and "
     "refused "
     "in others; quotes are always right (R033).",
     "env:\n- name: X\n  default: 5", "env:\n- name: X\n  default: \"5\"", Fix::safe},
    {"SR204", "config-removed-field", kBeyondWarning, "a field that existed once and was removed",
     "It is ignored today. The message says what replaced it (L04).",
     "tests:\n- as: a\n  artifact_dir: /tmp", "tests:\n- as: a"},
    {"SR206", "duration-invalid", kRefused, "a text is not a duration",
     "Durations are numbers with units, without blanks: `90s`, `1h30m`. Units are ns, us, ms, s, m "
     "and "
     "h; there are no days (R035).",
     "timeout: 1d", "timeout: 24h"},
    {"SR207", "duration-bare-number", kBeyondError, "a duration without a unit",
     "ci-operator reads a bare number as nanoseconds: `grace_period: 600` is an immediate kill, "
     "not ten "
     "minutes (L02, L131).",
     "grace_period: 600", "grace_period: 10m"},
    {"SR208", "duration-negative", kBeyondError, "a negative duration",
     "ci-operator accepts it; it cannot be meant (L02).", "timeout: -5m", "timeout: 5m"},
    {"SR209", "duration-zero", kBeyondWarning, "a duration of zero",
     "Zero means the default here: 2h for a limit, 15s for the grace period (L02).", "timeout: 0s",
     "timeout: 1h"},
    {"SR210", "number-not-finite", kRefused,
     "an infinite number or `.nan` where no text is asked for", "Write a number (R037).",
     "count: .inf", "count: 1"},
    {"SR211", "old-form", kBeyondInfo, "a form that today's schema no longer has",
     "It is still read here. ci-operator of today wants the new form.", "images:\n- to: a",
     "images:\n  items:\n  - to: a"},
    {"SR212", "key-case", kBeyondWarning, "a field in another letter case",
     "ci-operator compares field names without regard to case; other tools do not (L04).",
     "ref: {As: a}", "ref: {as: a}", Fix::safe},
    {"SR213", "scalar-changed", kBeyondWarning,
     "an unquoted value that reaches its user in another form",
     "The value is converted to text, and the text is not what stands in the file: `4.10` becomes "
     "`4.1`, `yes` becomes `true`, `010` becomes `8` (L03).",
     "env: {VERSION: 4.10}", "env: {VERSION: \"4.10\"}", Fix::safe},
    {"SR214", "scalar-converted", kStrictInfo,
     "an unquoted number or boolean where a text is asked for",
     "The text stays the same here, but the next edit may change it (L03).", "env: {COUNT: 5}",
     "env: {COUNT: \"5\"}", Fix::safe},
    {"SR215", "extension-field", kOnlyCiOperator, "a field that only stepreg understands",
     "Limits of the LAVA model, idle limits and the like may stand inline, but ci-operator refuses "
     "the "
     "file then. `run:` in .stepreg.yaml says the same without touching the registry.",
     "ref: {as: a, idle_timeout: 10m}", "run: {timeouts: {idles: {a: 10m}}}"},
};

}  // namespace stepreg
