# What is known about a run, without disturbing it.
. "$(dirname "$0")/helpers.sh" "$1"

expect 2 "$steprun" status
says err "there is no run"
expect 0 "$steprun" list
says err "no runs in"

fabricate 20260821-101500-aaaa clean
fabricate 20260822-101500-bbbb failed
rm "$STEPRUN_STATE/runs/20260822-101500-bbbb/RUN_COMPLETE"

expect 0 "$steprun" status 20260821
says out "executor  finished"
says out "state     COMPLETE since 2026-08-21T10:15:40Z"
says out "result    FAILURE, exit code 1"
says out "cause     step_timeout in test/check: limit 20s"
says out "2  test   check  STEP_TIMEOUT  2026-08-21T10:15:30Z  limit 20s"
expect 0 "$steprun" status # the last run
says out "executor  gone; \`steprun resume --cleanup-only 20260822-101500-bbbb\` cleans up"
expect 2 "$steprun" status 2026
says err "is the beginning of 2 runs"
expect 0 "$steprun" status 20260821 --history
[ "$(wc -l <out)" = 2 ] || fail "history has two records"
expect 0 "$steprun" status 20260821 --step check
says out "STEP_TIMEOUT  limit 20s"
expect 2 "$steprun" status 20260821 --step nothing
expect 0 "$steprun" status 20260821 -o json
says out '"life": "complete"'
expect 0 "$steprun" status 20260821 --follow -o json
[ "$(wc -l <out)" = 2 ] || fail "one line per record"
expect 3 "$steprun" status 20260822 --follow
says err "the executor of run 20260822-101500-bbbb is gone"

expect 0 "$steprun" list
says out "20260821-101500-aaaa  org/repo@main:e2e  complete  COMPLETE  2026-08-21T10:15:40Z  FAILURE"
says out "20260822-101500-bbbb  org/repo@main:e2e  gone"
expect 0 "$steprun" list -o json
says out '"format": "steprun.list"'
expect 2 "$steprun" list -o yaml

# Pavilion's own files: both stamps, local time, damage.
printf '%s\n' '2024-06-01T12:00:00.000000 CREATED Created status file.' '1717243205.500000 RUNNING x' \
  '' 'garbage' >pav
TZ=UTC-2 expect 0 "$steprun" status --file pav --local-time --history
says out "2024-06-01T10:00:00.000000Z  CREATED  Created status file."
says out "2024-06-01T12:00:05.500000Z  RUNNING  x"
says out "INVALID  garbage  (damaged)"
expect 0 "$steprun" status --file pav
says out "RUNNING  x"
expect 2 "$steprun" status --file nothing
