// SR7: cleanup, limits, signals (execution.md 3.8 and 8).
#pragma once

#include "diag/rule.h"

namespace stepreg {

inline constexpr RuleInfo kCleanupRules[] = {
    {"SR701", "cleanup-dropped", kBeyondWarning,
     "a test drops the step that undoes what it still sets up",
     "Its own `post` replaces that of the workflow, while `pre` still installs or creates: the "
     "resource leaks. "
     "Pairs are known by their names: the same first word, and install, provision, create, "
     "register or "
     "claim against deprovision, destroy, delete, deregister, unregister or uninstall (L101, "
     "TEMPEST T105).",
     "steps: {workflow: ipi, post: [{ref: gather}]}  # the workflow would deprovision",
     "steps: {workflow: ipi}"},
    {"SR702", "post-emptied", kBeyondWarning, "an empty `post` removes all cleanup of the workflow",
     "`post: []` counts as an override and drops every `post` step of the workflow. Leave the key "
     "out to keep them (L102).",
     "steps: {workflow: w, post: []}", "steps: {workflow: w}"},
    {"SR703", "cleanup-absent", kStrictWarning,
     "set-up in `pre`, and nothing in `post` that could undo it",
     "A step of `pre` is called after installing, provisioning, creating, registering or claiming, "
     "and `post` has no step but those that collect data. If the resource goes away by itself, "
     "ignore the finding with that reason (L103).",
     "workflow: {as: w, steps: {pre: [{ref: w-create}], test: [{ref: w-test}]}}",
     "workflow: {as: w, steps: {pre: [{ref: w-create}], test: [{ref: w-test}], "
     "post: [{ref: w-delete}]}}"},
    {"SR704", "cleanup-optional", kBeyondWarning, "a cleanup step that is left out after success",
     "`optional_on_success` is meant for collecting data. Where a test allows it, a step that "
     "deprovisions, destroys, deletes or uninstalls is skipped whenever everything went well, and "
     "the resource leaks (L106).",
     "ref: {as: a-deprovision, optional_on_success: true}", "ref: {as: a-deprovision}"},
    {"SR705", "cleanup-best-effort", kBeyondWarning, "a cleanup step whose failure is ignored",
     "With `best_effort` nobody notices that a resource was left behind. Let the step fail, or "
     "make its script repeatable (L107).",
     "ref: {as: a-deprovision, best_effort: true, timeout: 1h}",
     "ref: {as: a-deprovision, timeout: 1h}"},
    {"SR706", "gather-after-cleanup", kBeyondWarning,
     "data are collected after the cluster is gone",
     "A step that gathers stands behind one that deprovisions or destroys: what it wants to look "
     "at may not exist any more. Put it first. Steps are told by their names (L108).",
     "post: [{ref: ipi-deprovision}, {ref: gather-must-gather}]",
     "post: [{ref: gather-must-gather}, {ref: ipi-deprovision}]"},
    {"SR707", "cleanup-order", kBeyondWarning, "cleanup is not in the reverse order of the set-up",
     "What was made last may need what was made before it, so it has to go first. Only steps whose "
     "names differ in one word are compared, as `a-net-create` and `a-net-delete` (L110).",
     "pre: [{ref: a-net-create}, {ref: a-vm-create}]\npost: [{ref: a-net-delete}, {ref: "
     "a-vm-delete}]",
     "pre: [{ref: a-net-create}, {ref: a-vm-create}]\npost: [{ref: a-vm-delete}, {ref: "
     "a-net-delete}]"},
    {"SR708", "lease-never-read", kStrictInfo, "no step of the test reads the variable of a lease",
     "The lease holds a resource of a pool and nobody learns which one. That is right when only "
     "the number of tests at a time matters (L126). A lease that a step of the registry declares "
     "is "
     "judged with its script: `lease-unread`.",
     "leases: [{resource_type: board, env: BOARD}]  # no script has $BOARD",
     "commands: echo \"flashing ${BOARD}\""},
    {"SR709", "counterpart-absent", kStrictInfo,
     "a step that makes something and no step that undoes it",
     "Steps are paired by their names: one word of `x-create` becomes `delete` and the like, or a "
     "step that begins with the same word deprovisions, destroys, deletes or uninstalls. Pairs "
     "make it visible what a test has to clean up (L109, TEMPEST T111).",
     "ref: {as: board-claim}  # and no board-release", "ref: {as: board-release}"},
    {"SR720", "job-limit-absent", kStrictInfo, "a test without a limit for the whole job",
     "It is the one limit that bounds everything, and the only one by which others can tell how "
     "long the test may take. Reported once per file, and only for projects with `run:` in their "
     "settings: ci-operator's jobs have a limit of their own (L130).",
     "run: {timeouts: {step: 30m}}", "run: {timeouts: {job: 4h, step: 30m}}"},
    {"SR721", "step-limit-absent", kStrictInfo, "a step to which nobody gave a limit",
     "It may hang for the built-in two hours. Only for projects with `run:` in their settings "
     "(L133).",
     "ref: {as: s}  # and no run.timeouts.step", "ref: {as: s, timeout: 20m}"},
    {"SR722", "idle-limit-absent", kStrictInfo, "a long step without a limit for its silence",
     "A step that may run for two hours or more and hangs is found early by an idle limit only. "
     "`none` says that its silence means nothing. Only for projects with `run:` in their settings "
     "(L140).",
     "run: {timeouts: {steps: {s: 3h}}}", "run: {timeouts: {steps: {s: 3h}, idles: {s: 20m}}}"},
    {"SR723", "skip-without-reset", kBeyondWarning,
     "after a skipped time-out the system is in an unknown state",
     "With `skip: true` the job goes on although the step was torn off: locks, half-written files "
     "and processes may be left. The next step of `test` has to bring the system to a known state, "
     "and somebody has to say that it does: `run.resets` of the settings, or `resets: true` in the "
     "step. A step that no other one follows is not reported, for cleanup comes next (L134, T056).",
     "run: {timeouts: {steps: {hang: {minutes: 5, skip: true}}}}  # test: [hang, next]",
     "run: {resets: [reboot], timeouts: ...}  # test: [hang, reboot, next]"},
    {"SR724", "limit-unit", kBeyondInfo, "a limit in a smaller unit than possible",
     "`28800s` has to be divided to be understood; `8h` does not (L137, T073, T083).",
     "timeout: 28800s", "timeout: 8h", Fix::safe},
    {"SR725", "limit-uneven", kStrictInfo, "a limit of more than one unit and no whole number",
     "A limit is an estimate: two minutes rather than ninety seconds (L137, T074).",
     "step: {seconds: 90}", "step: {minutes: 2}", Fix::unsafe},
    {"SR726", "limit-long", kBeyondInfo, "a limit of a day or more",
     "That needs a very good reason: a hang is found a day late, and others wait (L137, T075).",
     "timeout: 48h", "timeout: 4h"},
    {"SR727", "grace-odd", kBeyondWarning, "a grace period that cannot be meant",
     "Shorter than a second, which often lacks its unit; longer than an hour; or longer than the "
     "limit of the step itself (T077).",
     "grace_period: 2h", "grace_period: 2m"},
    {"SR728", "idle-without-effect", kBeyondWarning,
     "an idle limit that is not shorter than the limit of the step",
     "The step is ended for its duration before its silence can matter (T078, T034).",
     "ref: {as: s, timeout: 10m, idle_timeout: 20m}",
     "ref: {as: s, timeout: 10m, idle_timeout: 5m}"},
    {"SR729", "limit-beyond-job", kBeyondWarning,
     "a limit that a test sets and that is larger than that of its job",
     "The job ends first, so this limit protects nothing. Limits of steps from the registry are "
     "another matter: they are shared (L138, T071).",
     "timeout: 1h\ntimeouts: {steps: {s: 2h}}", "timeout: 3h\ntimeouts: {steps: {s: 2h}}"},
    {"SR730", "step-limit-beyond-job", kStrictInfo,
     "a step of the registry may take longer than the job that runs it",
     "Its own `timeout` is larger than the job's limit; the time-out of the job will be the one to "
     "strike, and its message does not name the step (L138, T071).",
     "tests:\n- as: t\n  timeout: 1h\n  steps: {test: [{ref: s}]}  # s has timeout: 2h",
     "tests:\n- as: t\n  timeout: 3h\n  steps: {test: [{ref: s}]}"},
    {"SR731", "limits-beyond-job", kStrictInfo,
     "the limits of the steps together are more than twice that of the job",
     "Then they do not protect: the job's limit strikes first. Counted are the steps of `pre` and "
     "`test`, with two hours where nobody says anything (L138, T079).",
     "timeout: 1h  # and three steps without a limit", "run: {timeouts: {step: 20m}}"},
    {"SR732", "limit-unknown-step", kBeyondWarning,
     "a limit for a step that the test does not have",
     "It has no effect; a misspelt name is the usual cause. Limits of the machine and of a "
     "pattern of tests are reported when no test at all has the step (T081).",
     "timeouts: {steps: {instal: 1h}}", "timeouts: {steps: {install: 1h}}", Fix::unsafe},
    {"SR733", "skip-outside-test", kBeyondError, "`skip: true` for a step outside of `test`",
     "Only a step of `test` may be given up: without its set-up a test means nothing, and cleanup "
     "must not be skipped (T080).",
     "timeouts: {phases: {pre: {steps: {s: {minutes: 5, skip: true}}}}}",
     "timeouts: {phases: {pre: {steps: {s: {minutes: 5}}}}}"},
    {"SR734", "post-limit-small", kBeyondWarning,
     "the limit of `post` leaves no time for collecting data",
     "Cleanup steps have their reserve in any case. What they need together is more than the "
     "limit, so that collection never runs (T082).",
     "cleanup_reserve: {minutes: 5}\nphases: {post: {total: {minutes: 2}}}",
     "cleanup_reserve: {minutes: 5}\nphases: {post: {total: {minutes: 20}}}"},
};

}  // namespace stepreg
