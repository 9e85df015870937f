# Old runs go, except those that may have leaked.
. "$(dirname "$0")/helpers.sh" "$1"

runs=$STEPRUN_STATE/runs
fabricate 20200101-000000-aaaa clean
fabricate 20200102-000000-bbbb failed
fabricate 20200103-000000-cccc not_needed
fabricate 20200104-000000-dddd clean
rm "$runs/20200104-000000-dddd/RUN_COMPLETE"
fabricate "$(date -u +%Y%m%d)-000000-eeee" clean

expect 2 "$steprun" clean
says err "give RUNs"
expect 2 "$steprun" clean --older-than soon
expect 0 "$steprun" clean --older-than 100d --dry-run
says out "would remove 20200101-000000-aaaa"
says err "kept 20200102-000000-bbbb: its cleanup verdict is \`failed\`"
says err "kept 20200104-000000-dddd: its executor died"
says_not out eeee
[ -e "$runs/20200101-000000-aaaa" ] || fail "a dry run removes nothing"
echo 99 > "$runs/20200103-000000-cccc/version"
expect 0 "$steprun" clean --older-than 100d --dry-run
says err "kept 20200103-000000-cccc: $runs/20200103-000000-cccc: was written by another version"
echo 1 > "$runs/20200103-000000-cccc/version"
expect 0 "$steprun" clean --keep 3
says out "removed 20200101-000000-aaaa"
[ -e "$runs/20200103-000000-cccc" ] || fail "one of the newest three is gone"
expect 0 "$steprun" clean --older-than 36h
says out "removed 20200103-000000-cccc"
expect 2 "$steprun" clean 20200102
expect 0 "$steprun" clean --force 20200102 20200104
says out "removed 20200104-000000-dddd"
expect 0 "$steprun" clean --all
[ -z "$(ls -A "$runs")" ] || fail "something is left"
