# Sourced by every case: $steprun is the program, the working directory is empty and removed at the
# end, the state root is ./state.
set -eu
steprun=$(realpath "$1")
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
cd "$here"
export STEPRUN_STATE=$here/state NO_COLOR=1
unset STEPRUN_STATUS_FILE

fail() {
  echo "FAILED: $*" >&2
  exit 1
}

# expect CODE COMMAND...: runs it and keeps its output in ./out and ./err.
expect() {
  local wanted=$1 code=0
  shift
  "$@" >out 2>err </dev/null || code=$?
  if [ "$code" != "$wanted" ]; then
    cat out err >&2
    fail "exit code $code instead of $wanted: $*"
  fi
}

# says FILE TEXT: the file contains the text.
says() {
  grep -qF -- "$2" "$1" || {
    cat "$1" >&2
    fail "no '$2' in $1"
  }
}

says_not() {
  ! grep -qF -- "$2" "$1" || fail "'$2' in $1"
}

# until_true COMMAND...: within a minute.
until_true() {
  local i
  for i in $(seq 600); do
    if "$@"; then return; fi
    sleep 0.1
  done
  fail "never true: $*"
}

# fabricate ID VERDICT: a finished run.
fabricate() {
  local run=$STEPRUN_STATE/runs/$1
  mkdir -p "$run/steps/001-pre-up" "$run/steps/002-test-check"
  echo 1 >"$run/version"
  : >"$run/lock"
  printf '%s\n' "2026-08-21T10:15:00.000000 STATUS_CREATED " "2026-08-21T10:15:40.000000 COMPLETE " \
    >"$run/status"
  echo "2026-08-21T10:15:20.000000 RUN_DONE exit=0" >"$run/steps/001-pre-up/status"
  echo "2026-08-21T10:15:30.000000 STEP_TIMEOUT limit 20s" >"$run/steps/002-test-check/status"
  printf 'one\ntwo <b>\n' >"$run/steps/002-test-check/build-log.txt"
  cat >"$run/run.json" <<END
{"version": 1, "complete": true, "run": {"id": "$1", "job": "org/repo@main:e2e", "host": "lab"},
 "result": "FAILURE", "exit_code": 1, "cleanup": "$2",
 "causes": [{"kind": "step_timeout", "phase": "test", "step": "check", "text": "limit 20s"}],
 "times": {"total_s": 40},
 "steps": [
  {"n": 1, "phase": "pre", "step": "up", "kind": "setup", "status": "PASS", "duration_s": 10,
   "started": "2026-08-21T10:15:10.000Z", "ended": "2026-08-21T10:15:20.000Z",
   "limit": {"effective_s": 7200, "origin": "default"}},
  {"n": 2, "phase": "test", "step": "check", "kind": "test", "status": "FAIL",
   "cause": "step_timeout", "reason": "limit 20s", "duration_s": 10,
   "started": "2026-08-21T10:15:20.000Z", "ended": "2026-08-21T10:15:30.000Z",
   "limit": {"effective_s": 20, "origin": "step"},
   "log": "steps/002-test-check/build-log.txt", "log_bytes": 12}]}
END
  echo '{}' >"$run/RUN_COMPLETE"
}
