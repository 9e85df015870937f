# Leases that dead runs left.
. "$(dirname "$0")/helpers.sh" "$1"

expect 0 "$steprun" lease list
says err "no leases in"
mkdir -p "$STEPRUN_STATE/leases/aws"
for name in a b c; do
  cat >"$STEPRUN_STATE/leases/aws/$name.json" <<END
{"type": "aws", "name": "$name", "state": "leased", "acquired": "2026-08-21T10:15:00.000Z",
 "owner": {"run": "run-$name", "pid": 1, "start_ticks": 1, "boot_id": "an earlier boot"}}
END
done
echo '{"type": "aws", "name": "d", "state": "free"}' >"$STEPRUN_STATE/leases/aws/d.json"

expect 0 "$steprun" lease list
says out "aws   a     dirty  run-a  2026-08-21T10:15:00Z"
says out "aws   d     free   -"
expect 0 "$steprun" lease list -o json
says out '"state": "dirty"'

expect 2 "$steprun" lease reclaim
expect 2 "$steprun" lease reclaim aws a
says err "steprun sweep"
expect 0 "$steprun" lease reclaim aws a --force
says out "aws/a is free"
expect 2 "$steprun" lease reclaim aws nothing --force
expect 0 "$steprun" lease reclaim --run run-b --force
says out "aws/b is free"
expect 0 "$steprun" lease reclaim --all --force
says out "aws/c is free"
expect 0 "$steprun" lease reclaim --all --force
says err "no dirty lease"
expect 0 "$steprun" lease list
says_not out dirty
