# Stop files: written where they have an effect, and removed.
. "$(dirname "$0")/helpers.sh" "$1"

expect 2 "$steprun" stop
says err "give a RUN, or --machine"
expect 2 "$steprun" stop last
expect 0 "$steprun" stop --machine --graceful --after 2 --reason "lab moves"
says out "$STEPRUN_STATE/.stop_gracefully: 2 more steps after the one that runs now"
says "$STEPRUN_STATE/.stop_gracefully" "after: 2"
says "$STEPRUN_STATE/.stop_gracefully" "reason: lab moves"
expect 0 "$steprun" stop --machine
[ -e "$STEPRUN_STATE/.stop" ] || fail "no file"
expect 0 "$steprun" resume-steps --machine
says out "removed $STEPRUN_STATE/.stop"
[ ! -e "$STEPRUN_STATE/.stop_gracefully" ] || fail "still there"
expect 0 "$steprun" resume-steps --machine
says err "no stop file in"

fabricate 20260821-101500-aaaa clean
expect 2 "$steprun" stop last
says err "is complete"
rm "$STEPRUN_STATE/runs/20260821-101500-aaaa/RUN_COMPLETE"
expect 2 "$steprun" stop last
says err "has no executor any more"
expect 2 "$steprun" stop last --machine
