// SR9: settings, suppressions and baseline of the tool itself.
#pragma once

#include "diag/rule.h"

namespace stepreg {

// A file that the user named on purpose cannot be used: an error whatever the profile.
inline constexpr Severities kUnusable{Severity::error, Severity::error, Severity::error};

inline constexpr RuleInfo kSettingsRules[] = {
    {"SR901", "suppression-unused", kBeyondWarning, "a suppression that hides nothing",
     "What it names is not found there any more, or the comment stands at the wrong line. Remove "
     "it, "
     "so that it cannot hide a mistake of tomorrow. A rule that is off in this profile, or that "
     "could "
     "not be decided in this run, counts as used.",
     "as: a  # stepreg: ignore[ref-name]", "as: a", Fix::safe},
    {"SR902", "suppression-unknown-rule", kBeyondWarning, "a suppression names no rule",
     "Rules are named by code or name, as `stepreg rules` lists them.",
     "as: a  # stepreg: ignore[ref-nam] renamed later",
     "as: a  # stepreg: ignore[ref-name] renamed later", Fix::unsafe},
    {"SR903", "suppression-malformed", kBeyondWarning,
     "a comment for stepreg that stepreg cannot read",
     "The forms are `# stepreg: ignore[RULE, ...] reason` for its own line (for the next one when "
     "the "
     "comment stands alone), `# stepreg: ignore-block[...]` for the block that begins there, and "
     "`# stepreg: ignore-file[...]`. Until it is mended the comment hides nothing.",
     "as: a  # stepreg: ignore", "as: a  # stepreg: ignore[ref-name] renamed later"},
    {"SR904", "suppression-without-reason", kStrictInfo, "a suppression does not say why",
     "Write the reason behind the bracket; the next reader has to decide whether it still holds.",
     "as: a  # stepreg: ignore[ref-name]", "as: a  # stepreg: ignore[ref-name] renamed in May"},
    {"SR911", "baseline-invalid", kUnusable, "a baseline file cannot be read",
     "The file is JSON as `stepreg lint --write-baseline FILE` writes it. Nothing of it is applied "
     "where it cannot be understood.",
     "{\"format\": \"stepreg.baseline\", \"version\": \"1.0\", \"findings\": {}}",
     "{\"format\": \"stepreg.baseline\", \"version\": \"1.0\", \"findings\": []}"},
    {"SR912", "baseline-unknown-rule", kBeyondWarning,
     "a baseline names a rule that does not exist",
     "The entry has no effect. Rules are named by code or name, as `stepreg rules` lists them.",
     "{\"rule\": \"ref-nam\", \"component\": \"ref/a\", \"subject\": \"\", \"count\": 1}",
     "{\"rule\": \"ref-name\", \"component\": \"ref/a\", \"subject\": \"\", \"count\": 1}"},
    {"SR913", "baseline-stale", kBeyondWarning, "a baseline excuses more than is found",
     "Some of what it lists is mended. Write the baseline again, so that the same mistake cannot "
     "come "
     "back unseen.",
     "{\"rule\": \"ref-name\", \"component\": \"ref/a\", \"subject\": \"\", \"count\": 2}  // one "
     "is "
     "left",
     "{\"rule\": \"ref-name\", \"component\": \"ref/a\", \"subject\": \"\", \"count\": 1}"},
    {"SR921", "settings-unknown-rule", kUnusable, "the settings name a rule that does not exist",
     "The entry has no effect. Rules are named by code or name, as `stepreg rules` lists them.",
     "rules: {ref-nam: off}", "rules: {ref-name: off}"},
    {"SR922", "settings-severity", kUnusable, "the settings give a rule no severity that exists",
     "The severities are off, info, warning and error.", "rules: {ref-name: warn}",
     "rules: {ref-name: warning}"},
    {"SR923", "settings-profile", kUnusable, "the settings choose a profile that does not exist",
     "The profiles are ci-operator, recommended and strict; without one it is recommended.",
     "profile: strickt", "profile: strict"},
};

}  // namespace stepreg
