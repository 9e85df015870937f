# The subcommands around a run that is really there.
. "$(dirname "$0")/helpers.sh" "$1"

export T=$here PROGRAM=$steprun
cat >plan.json <<'END'
{"format": "stepreg.plan", "version": "1.0",
 "job": {"id": "org/repo@main:real", "test": "real"},
 "machine": {"pass_env": ["T", "PROGRAM"], "lease_pools": {"lab": ["alpha"]}},
 "leases": [{"resource_type": "lab", "env": "LEASED_RESOURCE", "count": 1}],
 "steps": [
  {"phase": "pre", "name": "up", "script": {"text": "\"$PROGRAM\" set-status -n 'half way'; echo up"}},
  {"phase": "test", "name": "wait",
   "script": {"text": "touch \"$T/waiting\"; while ! [ -e \"$T/go\" ]; do sleep 0.05; done"}},
  {"phase": "test", "name": "later", "script": {"text": "echo never"}},
  {"phase": "post", "name": "down", "kind": "cleanup", "script": {"text": "echo down"}}]}
END
"$steprun" run -q plan.json >run.out 2>run.err </dev/null &
executor=$!
until_true test -e waiting

expect 0 "$steprun" status
says out "executor  at work, process "
says out "state     RUNNING"
says out "1  pre    up"
expect 0 "$steprun" status --step up --history
says out "RUN_USER  half way"
expect 0 "$steprun" list
says out "org/repo@main:real  active"
expect 0 "$steprun" lease list
says out "lab   alpha  leased"
expect 2 "$steprun" lease reclaim lab alpha --force
says err "is alive"
expect 0 "$steprun" clean --all --force
says err "its executor is at work"

"$steprun" status --follow >follow.out 2>follow.err &
follower=$!
expect 0 "$steprun" stop last --reason "enough seen"
touch go
code=0
wait "$executor" || code=$?
[ "$code" = 5 ] || fail "exit code $code of the run"
wait "$follower" || fail "the follower failed"
says follow.out "STOP_REQUESTED"
says follow.out "COMPLETE"

expect 0 "$steprun" report last
says out "STOPPED, cleanup clean"
says out "3  test   later  SKIPPED"
expect 0 "$steprun" report last --html page.html
says page.html "half way"
says page.html 'class="bar PASS"'
expect 0 "$steprun" report timeouts
says out "test   wait"
expect 0 "$steprun" lease list
says out "lab   alpha  free"
expect 2 "$steprun" set-status -n x last
expect 0 "$steprun" clean --all
says out "removed "

# A run whose executor and guardian were killed.
"$steprun" run -q --chaos both@9 plan.json >run.out 2>run.err </dev/null &
executor=$!
wait "$executor" || true
expect 0 "$steprun" list
says out "gone"
expect 0 "$steprun" lease list
says out "lab   alpha  dirty"
expect 2 "$steprun" lease reclaim --all
expect 3 "$steprun" status --follow
expect 2 "$steprun" clean last
says err "died"
expect 0 "$steprun" lease reclaim --all --force
says out "lab/alpha is free"
expect 0 "$steprun" clean --all --force
