# A step's own records, and an operator's.
. "$(dirname "$0")/helpers.sh" "$1"

expect 0 "$steprun" set-status -n "outside of a run" # nothing to do
[ ! -s out ] && [ ! -s err ] || fail "it says something"

export STEPRUN_STATUS_FILE=$here/status
expect 0 "$steprun" set-status -n "12 of 40"
expect 0 "$steprun" set-status -s COMPLETE -n no
expect 0 "$steprun" set-status -s ENV_FAILED --epoch
says status " RUN_USER 12 of 40"
says status " INVALID (COMPLETE) no"
grep -qE '^[0-9]{10}\.[0-9]{6} ENV_FAILED $' status || fail "the stamp is no number"
STEPRUN_STATUS_FILE=$here/missing/status expect 0 "$steprun" set-status # never fails a script
says err "missing/status"
unset STEPRUN_STATUS_FILE

fabricate 20260821-101500-aaaa clean
expect 2 "$steprun" set-status -n x last
says err "is complete; no record may follow"
rm "$STEPRUN_STATE/runs/20260821-101500-aaaa/RUN_COMPLETE"
expect 0 "$steprun" set-status -s INFO -n "operator looks" last
expect 2 "$steprun" set-status -s RUNNING last
says err "--force"
expect 2 "$steprun" set-status -s NONSENSE --force last
expect 0 "$steprun" set-status -s RUNNING --force last/check
says "$STEPRUN_STATE/runs/20260821-101500-aaaa/status" " INFO operator looks"
says "$STEPRUN_STATE/runs/20260821-101500-aaaa/steps/002-test-check/status" " RUNNING "
expect 2 "$steprun" set-status last/nothing
