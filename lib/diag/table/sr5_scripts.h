// SR5: scripts.
#pragma once

#include "diag/rule.h"

namespace stepreg {

inline constexpr RuleInfo kScriptRules[] = {
    {"SR501", "shellcheck", kBeyondWarning, "shellcheck warns about a script",
     "The installed `shellcheck` reads every script of the registry, with severity warning and "
     "above. Its own comments (`# shellcheck disable=SC2034`) and `.shellcheckrc` files of the "
     "project count; `shellcheck: auto|always|never` in `.stepreg.yaml` or `--shellcheck` says "
     "whether it runs.",
     "cd /work; rm -rf build  # SC2164: cd may fail", "cd /work || exit 1; rm -rf build"},
    {"SR502", "shellcheck-failed", kBeyondError, "shellcheck gave no answer about a script",
     "It crashed, ran out of time, or printed something else than JSON. The script was not "
     "checked, "
     "so it must not pass as clean. Run `shellcheck` on it by hand.",
     "shellcheck a-commands.sh  # ends with signal 11",
     "another version of shellcheck, or a simpler script"},
    {"SR503", "shellcheck-setting", kRefused, "the settings say something else of shellcheck",
     "`shellcheck` in `.stepreg.yaml` is `auto` (where it is installed), `always` (it must be) or "
     "`never`.",
     "shellcheck: sometimes", "shellcheck: always"},
    {"SR505", "script-is-link-text", kBeyondWarning, "a script is one line that names another file",
     "A symbolic link that was stored as an ordinary file by a checkout without links: the step "
     "would try to run the path as a command.",
     "../gather/gather-commands.sh", "ln -s ../gather/gather-commands.sh run-commands.sh"},
    {"SR506", "shared-script-parameters", kBeyondWarning,
     "steps share a script, and one does not declare a variable that it needs",
     "The script reads the variable without a default (`${NAME:-}`) and never sets it; one of its "
     "steps declares it and another does not, so the script ends there with `unbound variable`. "
     "Declare it in every step that runs the script.",
     "ref: {as: b, commands: a-commands.sh}  # reads $REGION, which only the step `a` declares",
     "ref: {as: b, commands: a-commands.sh, env: [{name: REGION, default: \"\"}]}"},
    {"SR510", "trap-needs-grace-period", kBeyondError,
     "a script sets a trap, and the step has no `grace_period`",
     "The handler has only 15s before the kill. ci-operator looks for the word `trap` anywhere, "
     "also in comments; "
     "this rule reads shell (R080, L150).",
     "trap cleanup EXIT  # ref: {as: a}", "trap cleanup EXIT  # ref: {as: a, grace_period: 2m}",
     Fix::safe},
    {"SR511", "grace-period-without-trap", kStrictInfo,
     "a long `grace_period`, and the script sets no trap",
     "Without a handler the shell dies at the first signal; what is left of the grace period (over "
     "60s) is spent waiting for nobody. A script that replaces itself with another program "
     "(`exec`) or reads further files is not judged (L157).",
     "ref: {as: a, grace_period: 10m}  # make test",
     "ref: {as: a, grace_period: 10m}  # trap 'save_logs; exit 1' TERM; make test & wait"},
    {"SR512", "trap-runs-twice", kStrictInfo, "one handler for both a signal and EXIT runs twice",
     "After the handler of TERM or INT the shell goes on or exits, and at its end runs the handler "
     "of EXIT: the same again. Trap EXIT alone, or let the handler reset the traps first "
     "(`trap - EXIT`) (L152).",
     "trap cleanup EXIT TERM", "trap cleanup EXIT; trap 'exit 143' TERM"},
    {"SR513", "trap-replaced", kBeyondWarning, "a second `trap` replaces the handler of the first",
     "The shell keeps one handler per signal: what the first was to do is not done. Call both from "
     "one handler.",
     "trap 'kill $(jobs -p)' TERM\ntrap save_logs EXIT TERM",
     "trap 'kill $(jobs -p); save_logs' TERM\ntrap save_logs EXIT"},
    {"SR515", "background-not-awaited", kBeyondWarning,
     "a background command that nothing waits for or ends",
     "It keeps the step's output open after the script has ended, so the step lasts until its "
     "limit; with another output it outlives the step unseen. `wait` for it, or `kill` it in a "
     "handler of EXIT (L154).",
     "oc logs -f pod/a &\nrun_tests", "oc logs -f pod/a &\ntrap 'kill $(jobs -p)' EXIT\nrun_tests"},
    {"SR516", "exec-hides-output", kBeyondWarning,
     "`exec` sends the output of the rest of the script to a file",
     "The log of the step stays empty: nothing to read while it runs, and a limit on silence "
     "strikes. Copy it with `tee` instead (L155).",
     "exec > \"${ARTIFACT_DIR}/log\" 2>&1", "exec > >(tee \"${ARTIFACT_DIR}/log\") 2>&1"},
    {"SR517", "pipefail-missing", kStrictInfo,
     "a failure of the first command of a pipeline is hidden",
     "Steps run with `-e` and `-u` only; the status of a pipeline is that of its last command. "
     "Write `set -o pipefail` at the top (L156).",
     "oc get nodes -o json | jq .items > nodes.json",
     "set -o pipefail\noc get nodes -o json | jq .items > nodes.json"},
    {"SR518", "trap-behind-foreground", kStrictInfo,
     "a handler waits for a long command in the foreground",
     "The shell runs a handler when its foreground command has ended, unless that gets the signal "
     "as "
     "well. A handler of TERM or INT then comes too late, at the end of the grace period or never "
     "(L153).",
     "trap cleanup TERM\nopenshift-install create cluster",
     "trap cleanup TERM\nopenshift-install create cluster &\nwait $!"},
    {"SR520", "shared-dir-subdirectory", kBeyondWarning,
     "a directory is made in SHARED_DIR, where later steps never see it",
     "Only plain files of SHARED_DIR are handed on; directories are dropped with all that is in "
     "them. Pack them into one file, or give the files distinct names (L114, E233).",
     "mkdir -p \"${SHARED_DIR}/certs\"", "tar -czf \"${SHARED_DIR}/certs.tgz\" -C /tmp certs"},
    {"SR521", "shared-dir-too-large", kBeyondWarning, "something large is put into SHARED_DIR",
     "All files of SHARED_DIR together may have 1 MiB; above it the step fails. What is for people "
     "belongs into ARTIFACT_DIR, what later steps need into an image or a bucket (L115, E234).",
     "oc adm must-gather --dest-dir \"${SHARED_DIR}/must-gather\"",
     "oc adm must-gather --dest-dir \"${ARTIFACT_DIR}/must-gather\""},
    {"SR522", "shared-dir-not-kept", kBeyondWarning,
     "a file is written to SHARED_DIR by a step whose SHARED_DIR is not kept",
     "With `no_kubeconfig` or `readonly_shared_dir` the step works on a copy that is thrown away, "
     "so no later step gets the file (L116, E236).",
     "echo x > \"${SHARED_DIR}/id\"  # ref: {as: a, no_kubeconfig: true}",
     "echo x > \"${SHARED_DIR}/id\"  # ref: {as: a}"},
    {"SR525", "secret-printed", kBeyondWarning, "a script prints a file of a credential",
     "Blotting out secrets in logs is the last resort, not a plan: a value that the script encodes "
     "or cuts is not recognised. Hand the file on without printing it (L122).",
     "cat \"${CLUSTER_PROFILE_DIR}/pull-secret\"",
     "oc create secret generic s --from-file \"${CLUSTER_PROFILE_DIR}/pull-secret\""},
    {"SR526", "secret-traced", kBeyondWarning,
     "the content of a credential is read while the shell traces its commands",
     "With `set -x` the value stands in the log. Switch tracing off around it (L122).",
     "set -x\ntoken=$(cat \"${CLUSTER_PROFILE_DIR}/token\")",
     "set +x\ntoken=$(cat \"${CLUSTER_PROFILE_DIR}/token\")\nset -x"},
    {"SR527", "random-name", kStrictInfo, "a name is random and is not handed on",
     "After an early end nobody can compute the name again, so no cleanup finds what it was given "
     "to. Derive names from UNIQUE_HASH, or write them to SHARED_DIR first (T113).",
     "cluster_name=\"ci-${RANDOM}\"", "cluster_name=\"ci-${UNIQUE_HASH}\""},
    {"SR530", "variable-undeclared", kBeyondWarning,
     "a script reads a variable that is neither declared nor set",
     "The step declares no parameter, dependency or lease of that name, the executor does not set "
     "it, and the script never assigns it: it ends with `unbound variable` when it gets there. An "
     "image may still set it; then say so in an `ignore` comment. Needs `shellcheck`.",
     "echo \"${REGION}\"  # ref: {as: a}",
     "echo \"${REGION}\"  # ref: {as: a, env: [{name: REGION, default: eu}]}"},
    {"SR531", "variable-unread", kStrictWarning,
     "a step declares a parameter or dependency that its script never reads",
     "The name does not occur in the script, and every command in it is known not to look for "
     "variables of its own. Whoever sets the parameter waits for an effect in vain: remove it, or "
     "read it. A script that runs other programs (`make`, `go`, a file of the image) is not "
     "judged, "
     "for those may read it.",
     "env: [{name: REGION, default: eu}]  # oc get nodes",
     "env: [{name: REGION, default: eu}]  # oc get nodes -l \"region=${REGION}\""},
    {"SR532", "lease-unread", kStrictInfo, "a step leases something and never looks at what it got",
     "The lease holds quota; a script that does not read the variable does not know which of the "
     "resources is its own. Harmless where the lease is only meant to limit how many run at once "
     "(L126).",
     "leases: [{resource_type: board, env: BOARD}]  # flash board-1",
     "leases: [{resource_type: board, env: BOARD}]  # flash \"${BOARD}\""},
    {"SR533", "variable-deprecated", kBeyondWarning, "a script reads a deprecated variable",
     "IMAGE_FORMAT is set for tests with a cluster profile only, and is replaced by "
     "`dependencies`; BUILD_NUMBER was replaced by BUILD_ID (L124).",
     "echo \"${IMAGE_FORMAT/\\$\\{component\\}/cli}\"",
     "echo \"${CLI_IMAGE}\"  # dependencies: [{name: cli, env: CLI_IMAGE}]"},
    {"SR535", "deletion-not-awaited", kStrictWarning,
     "a cleanup starts a deletion and does not wait for it",
     "The step passes before anything is gone; a deletion that fails later is noticed by nobody. "
     "Wait in this step or a later one (L111).",
     "oc delete namespace a --wait=false  # the last command of a-deprovision",
     "oc delete namespace a --wait=true --timeout=10m"},
    {"SR536", "cleanup-needs-file", kStrictInfo,
     "a cleanup reads a file of SHARED_DIR without asking whether it is there",
     "When the set-up failed early the file is missing and the cleanup ends at once, with all that "
     "comes behind it undone. Test for it first (L120).",
     "name=$(cat \"${SHARED_DIR}/name\")  # in a-deprovision",
     "[[ -f \"${SHARED_DIR}/name\" ]] || exit 0"},
    {"SR537", "transfer-without-limit", kStrictInfo, "a download has no time limit of its own",
     "`curl` waits for ever for a server that has stopped talking; the step then dies at its "
     "limit, "
     "without a word why. Let the tool give up first (L139).",
     "curl -fsSLO https://example.com/tool",
     "curl --max-time 300 --retry 3 -fsSLO "
     "https://example.com/tool"},
    {"SR538", "kubeconfig-not-left", kStrictWarning,
     "a step installs a cluster and leaves no kubeconfig",
     "Every later step finds the cluster through SHARED_DIR/kubeconfig; the step that installs it "
     "has to put the file there (L118).",
     "openshift-install create cluster --dir /tmp/i",
     "openshift-install create cluster --dir /tmp/i\ncp /tmp/i/auth/kubeconfig \"${SHARED_DIR}/\""},
    {"SR539", "kubeconfig-change-lost", kStrictInfo,
     "a script ends by changing the kubeconfig, which only it sees",
     "KUBECONFIG names a copy of the step's own; a login or another context is gone when the step "
     "ends (L119).",
     "oc login -u admin  # the last command", "oc login -u admin\noc apply -f objects.yaml"},
    {"SR540", "created-before-noted", kStrictInfo,
     "what was created is written to SHARED_DIR only after more work",
     "When the step dies in between, nothing tells the cleanup what to delete. Write the name down "
     "at once, or choose it before and write it first (L121).",
     "id=$(aws ec2 create-vpc)\nmake rest\necho \"${id}\" >\"${SHARED_DIR}/vpc\"",
     "id=$(aws ec2 create-vpc)\necho \"${id}\" >\"${SHARED_DIR}/vpc\"\nmake rest"},
    {"SR541", "interpreter-ignored", kBeyondWarning, "a script in another language is run by bash",
     "The text of a script is handed to `bash -c`, where a `#!` line is a comment. Only with "
     "`run_as_script` is it run as a file, by the interpreter that it names (E221, E222).",
     "ref: {as: a, commands: a-commands.py}  # #!/usr/bin/python3",
     "ref: {as: a, commands: a-commands.py, run_as_script: true}", Fix::unsafe},
};

}  // namespace stepreg
