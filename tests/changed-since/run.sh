#!/usr/bin/env bash
# `lint --changed-since REV` on a real repository: old findings stay silent although lines move, a
# new one is reported, also where an unchanged file suffers from a change elsewhere.
# usage: run.sh STEPREG
set -euo pipefail

stepreg=$1
command -v git >/dev/null || { echo "skipped: git is not installed"; exit 77; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME=$work NO_COLOR=1 GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.com
export GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.com
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GITHUB_ACTIONS

fail() {
  echo "FAILED: $1"
  cat "$work/out" "$work/err"
  exit 1
}
# lint ARGUMENT...: exit code in $code, output kept
lint() {
  code=0
  "$stepreg" lint -o concise "$@" >"$work/out" 2>"$work/err" || code=$?
}

git init -q "$work/tree"
cd "$work/tree"
mkdir -p sub/registry/a sub/registry/c
cd sub
printf 'registry: registry\n' >.stepreg.yaml
printf 'ref:\n  as: a\n  from: cli\n  commands: a-commands.sh\n  timeout: 1d\n  resources:\n    requests: {cpu: 10m}\n' \
  >registry/a/a-ref.yaml
printf '#!/bin/bash\nset -euo pipefail\ntrue\n' >registry/a/a-commands.sh
printf 'chain:\n  as: c\n  steps:\n  - ref: a\n' >registry/c/c-chain.yaml
git add ..
git commit -qm first

lint --changed-since HEAD
[ "$code" -eq 0 ] || fail "an old finding was reported"
[ ! -s "$work/out" ] || fail "output for an unchanged tree"

sed -i '1i # a line that moves all others' registry/a/a-ref.yaml
lint --changed-since HEAD
[ "$code" -eq 0 ] || fail "a finding that only moved was reported"

printf '  grace_period: 2d\n' >>registry/a/a-ref.yaml
lint --changed-since HEAD
[ "$code" -eq 1 ] || fail "a new finding was not reported"
grep -q 'a-ref.yaml:9' "$work/out" || fail "the new finding is not at its place"
[ "$(grep -c SR206 "$work/out")" -eq 1 ] || fail "not exactly the new finding"

git checkout -q -- . && git mv registry/a registry/b
git mv registry/b/a-ref.yaml registry/b/b-ref.yaml
git mv registry/b/a-commands.sh registry/b/b-commands.sh
sed -i 's/: a/: b/' registry/b/b-ref.yaml
lint --changed-since HEAD
[ "$code" -eq 1 ] || fail "a broken reference was not reported"
grep -q 'registry/c/c-chain.yaml:4' "$work/out" || fail "the unchanged chain is not blamed"

lint --changed-since no-such-revision
[ "$code" -eq 2 ] || fail "an unknown revision must be wrong usage"
grep -q no-such-revision "$work/err" || fail "the revision is not named"
# The tree may be the repository itself, named by any path.
git init -q "$work/top/step"
cd "$work/top/step"
mkdir a
printf 'ref:\n  as: a\n  from: cli\n  commands: a-commands.sh\n  timeout: 1d\n  resources:\n    requests: {cpu: 10m}\n' \
  >a/a-ref.yaml
printf 'true\n' >a/a-commands.sh
git add .
git commit -qm first
git config core.worktree "$work/top/step"
mv .git "$work/top/git"
export GIT_DIR=$work/top/git
for tree in . ../step "$PWD"; do
  lint --registry "$tree" --changed-since HEAD
  [ "$code" -eq 0 ] || fail "an old finding was reported in the tree $tree"
done
echo "changed-since: old findings silent, new ones reported"
