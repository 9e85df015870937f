// SR1: layout and naming (registry.md 2).
#pragma once

#include "diag/rule.h"

namespace stepreg {

inline constexpr RuleInfo kLayoutRules[] = {
    {"SR101", "file-prefix", kRefused, "a file name does not start with the name of its directory",
     "The path of the directory, with `-` for `/`, is the prefix of every file in it (R002).",
     "a/c/x-ref.yaml", "a/c/a-c-ref.yaml"},
    {"SR102", "file-kind", kRefused, "a file is of no kind that the registry knows",
     "Allowed are NAME-ref.yaml, NAME-chain.yaml, NAME-workflow.yaml, NAME-observer.yaml, "
     "NAME.metadata.json, NAME-commands with any last extension, *.md and OWNERS (R003).",
     "a/b/a-b.yaml", "a/b/a-b-ref.yaml"},
    {"SR103", "ref-name", kRefused, "the `as` of a step differs from its directory",
     "The name of a component is the path of its directory with `-` for `/` (R009).",
     "a/b/a-b-ref.yaml: {ref: {as: a-c}}", "a/b/a-b-ref.yaml: {ref: {as: a-b}}", Fix::unsafe},
    {"SR104", "chain-name", kRefused, "the `as` of a chain differs from its directory",
     "The name of a component is the path of its directory with `-` for `/` (R011).",
     "o/o-chain.yaml: {chain: {as: p}}", "o/o-chain.yaml: {chain: {as: o}}", Fix::unsafe},
    {"SR105", "workflow-name", kRefused, "the `as` of a workflow differs from its directory",
     "The name of a component is the path of its directory with `-` for `/` (R013).",
     "o/o-workflow.yaml: {workflow: {as: p}}", "o/o-workflow.yaml: {workflow: {as: o}}",
     Fix::unsafe},
    {"SR106", "observer-name", kRefused, "the `name` of an observer differs from its directory",
     "The name of a component is the path of its directory with `-` for `/` (R015).",
     "o/o-observer.yaml: {observer: {name: p}}", "o/o-observer.yaml: {observer: {name: o}}",
     Fix::unsafe},
    {"SR107", "commands-name", kRefused, "the `commands` of a step do not name its script",
     "The script of a step lies beside it and is called NAME-commands with any extension (R007).",
     "commands: run.sh", "commands: a-b-commands.sh", Fix::unsafe},
    {"SR108", "observer-commands-name", kRefused,
     "the `commands` of an observer do not name its script",
     "The script of an observer lies beside it and is called NAME-commands with any extension "
     "(R016).",
     "commands: run.sh", "commands: a-b-commands.sh", Fix::unsafe},
    {"SR109", "script-missing", kRefused, "the script of a step or observer is missing",
     "The file that `commands` names must lie in the directory of the component (R008).",
     "commands: a-b-commands.py  # only a-b-commands.sh exists", "commands: a-b-commands.sh"},
    {"SR110", "prefix-collision", kBeyondWarning, "two directories give the same name",
     "`a/b` and `a-b` both give `a-b`; the component that is read last silently replaces the "
     "other (L12).",
     "a/b/a-b-ref.yaml and a-b/a-b-ref.yaml", "a/b/a-b-ref.yaml"},
    {"SR111", "file-name", kRefused, "a file name differs from the component in it",
     "The file of a component is called by its name and kind. Seen only with --flat, where "
     "directories "
     "say nothing (R010, R012, R017).",
     "a-ref.yaml: {ref: {as: c}}", "c-ref.yaml: {ref: {as: c}}"},
    {"SR112", "component-name-illegal", kBeyondWarning, "a name is not a legal object name",
     "Steps become pods and labels: lower-case letters, digits, `-` and `.` only (L10).", "as: A_b",
     "as: a-b"},
    {"SR113", "component-name-long", kBeyondWarning,
     "the name of a step is longer than 63 characters",
     "It becomes a label value, which may have 63 characters (L10).", "as: a-very-long-name-...",
     "as: a-shorter-name"},
    {"SR114", "observer-name-illegal", kRefused,
     "the name of an observer is not a legal object name",
     "Lower-case letters, digits, `-` and `.`, starting and ending with a letter or digit (R060).",
     "name: A", "name: a"},
    {"SR115", "script-unused", kBeyondInfo, "a script is used by no component",
     "Nothing names this file as its `commands` (L13).", "a-b-commands.py beside a-b-commands.sh",
     "git rm a-b-commands.py"},
};

}  // namespace stepreg
