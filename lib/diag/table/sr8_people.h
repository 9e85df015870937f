// SR8: owners, metadata, documentation.
#pragma once

#include "diag/rule.h"

namespace stepreg {

inline constexpr RuleInfo kPeopleRules[] = {
    {"SR801", "owners-missing", kStrictWarning, "no OWNERS file beside a component",
     "The generator of metadata refuses the directory without it (R021).", "a/b/a-b-ref.yaml alone",
     "a/b/OWNERS beside a/b/a-b-ref.yaml"},
    {"SR802", "owners-invalid", kBeyondWarning, "an OWNERS file that cannot be used",
     "It is YAML with `approvers` and the like at the top. The generator of metadata refuses "
     "anything else; often it is a symbolic link that was stored as an ordinary file (R022).",
     "../OWNERS  # as the text of the file", "approvers:\n- alice"},
    {"SR803", "metadata-missing", kBeyondWarning, "a component without its metadata file",
     "The pages of the registry cannot show it. `--fix` writes what the field's generator would. "
     "A registry without any metadata does not use it and is left alone (R021, TEMPEST T104).",
     "a/b/a-b-ref.yaml and a/b/OWNERS", "a/b/a-b-ref.metadata.json beside them", Fix::safe},
    {"SR804", "metadata-stale", kBeyondWarning,
     "a metadata file that is not what would be generated",
     "OWNERS has changed since, the component was moved, or the file was written by hand. `--fix` "
     "writes it anew, byte by byte as the field's generator does (R023, L13).",
     "{\"path\": \"a/c/a-c-ref.yaml\", ...}  // in a/b", "{\"path\": \"a/b/a-b-ref.yaml\", ...}",
     Fix::safe},
    {"SR805", "metadata-stray", kBeyondWarning, "a metadata file without a component",
     "The component was renamed or removed. Remove the file as well (L13).",
     "a/b/a-b-ref.metadata.json alone", "git rm a/b/a-b-ref.metadata.json"},
    {"SR811", "documentation-missing", kStrictInfo, "a component without `documentation`",
     "Others find it by that text only (L18, TEMPEST T104).", "ref: {as: a}",
     "ref: {as: a, documentation: Flashes the board and waits for its prompt.}"},
    {"SR812", "parameter-documentation-missing", kStrictInfo,
     "a parameter of a step without `documentation`",
     "Whoever sets it has to read the script to learn what it does (L18).",
     "env: [{name: CHANNEL, default: stable}]",
     "env: [{name: CHANNEL, default: stable, documentation: update channel to subscribe to}]"},
};

}  // namespace stepreg
