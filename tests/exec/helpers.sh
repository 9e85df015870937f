# For the `run` scripts of the cases.
set -u

# Starts the plan in the background; `finish` waits for it and leaves with its exit code.
start() {
  "$STEPRUN" run "$PLAN" "$@" &
  run_pid=$!
}
finish() {
  wait "$run_pid"
  exit $?
}
# Waits until a file exists, at most 30 s.
wait_for() {
  local i
  for i in $(seq 1500); do
    [ -e "$1" ] && return 0
    sleep 0.02
  done
  echo "never appeared: $1" >&2
  exit 99
}
wait_until() {
  local i
  for i in $(seq 1500); do
    eval "$1" && return 0
    sleep 0.02
  done
  echo "never true: $1" >&2
  exit 99
}
run_dir() { echo "$STEPRUN_STATE"/runs/[0-9]*; }
# Two signals that are nearer than 500 ms count as one.
signal() {
  kill -s "$1" "$run_pid"
  sleep 0.6
}
