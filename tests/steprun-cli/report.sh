# Pages and tables about finished runs.
. "$(dirname "$0")/helpers.sh" "$1"

fabricate 20260821-101500-aaaa clean
expect 0 "$steprun" report last
says out "20260821-101500-aaaa org/repo@main:e2e: FAILURE, cleanup clean, 40s"
says out "2  test   check  FAIL          10s    20s  limit 20s"
expect 0 "$steprun" report last --html page.html
says page.html "<title>org/repo@main:e2e: FAILURE</title>"
says page.html "two &lt;b&gt;"
says page.html 'href="#log-2"'
expect 0 "$steprun" report --html -
cmp -s out page.html || fail "stdout has another page"
expect 4 "$steprun" report --html missing/page.html
expect 2 "$steprun" report nothing

expect 0 "$steprun" report timeouts
says err "no recorded durations"
mkdir -p "$STEPRUN_STATE/history"
for i in 1 2 3 4 5 6; do
  echo '{"job": "org/repo@main:e2e", "phase": "test", "step": "check",' \
    "\"start\": \"2026-08-21T10:15:0$i.000000Z\", \"duration_s\": 60$i, \"limit_s\": 7200," \
    '"rule": "default", "effective_s": 7200, "longest_silence_s": 2, "outcome": "PASS"}' \
    >>"$STEPRUN_STATE/history/durations.jsonl"
done
expect 0 "$steprun" report timeouts
says out "org/repo@main:e2e"
says out "2h   6/6    10m6s  10m6s   10m3s  10m6s       2s   11.9        13m  excessive, default"
expect 0 "$steprun" report timeouts --job 'org/*' --runs 2 -o json
says out '"runs": 2'
expect 0 "$steprun" report timeouts --job other
says err "no recorded durations of \`other\`"
expect 2 "$steprun" report timeouts --runs 0
