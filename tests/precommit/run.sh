#!/usr/bin/env bash
# The published hook under the real pre-commit: a bad commit is refused with a readable message, a
# mended one passes, and --fix mends a file and stops the commit so that it can be looked at.
# usage: run.sh DIRECTORY_OF_STEPREG HOOKS_FILE
set -euo pipefail

bin=$1
hooks=$2
if ! command -v pre-commit >/dev/null || ! command -v git >/dev/null; then
  echo "skipped: pre-commit or git is not installed (apt-get install pre-commit)"
  exit 77
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME=$work PATH=$bin:$PATH PRE_COMMIT_HOME=$work/cache NO_COLOR=1
export GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.com
export GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.com
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GITHUB_ACTIONS

fail() {
  echo "FAILED: $1"
  cat "$work/out"
  exit 1
}
# commit MESSAGE: with the output kept for the checks
commit() { git commit -m "$1" >"$work/out" 2>&1; }
says() { grep -qF -- "$1" "$work/out" || fail "expected in the output: $1"; }

# The repository of the hooks, as a user would name it.
git init -q "$work/hooks"
cp "$hooks" "$work/hooks/.pre-commit-hooks.yaml"
git -C "$work/hooks" add .
git -C "$work/hooks" commit -qm hooks
revision=$(git -C "$work/hooks" rev-parse HEAD)

git init -q "$work/user"
cd "$work/user"
mkdir -p registry/a
printf 'registry: registry\n' >.stepreg.yaml
printf 'repos:\n- repo: %s\n  rev: %s\n  hooks:\n  - id: stepreg\n' "$work/hooks" "$revision" >.pre-commit-config.yaml
printf 'ref:\n  as: a\n  from: cli\n  commands: a-commands.sh\n  timeout: 1d\n  resources:\n    requests: {cpu: 10m}\n' \
  >registry/a/a-ref.yaml
printf '#!/bin/bash\nset -euo pipefail\ntrue\n' >registry/a/a-commands.sh
printf 'approvers: [a]\n' >registry/a/OWNERS
git add .
pre-commit install >"$work/out" 2>&1 || fail "pre-commit install"

commit "bad" && fail "a bad commit went through"
says "registry/a/a-ref.yaml:5"
says "SR206"
git rev-parse -q --verify HEAD >/dev/null && fail "the refused commit exists"

sed -i 's/1d/24h/' registry/a/a-ref.yaml
git add .
commit "good" || fail "a good commit was refused"

# A change of another file still judges the whole tree.
sed -i 's/24h/1d/' registry/a/a-ref.yaml
git add . && git -c core.hooksPath=/dev/null commit -qm "broken by hand"
printf 'approvers: [a, b]\n' >registry/a/OWNERS
git add .
commit "elsewhere" && fail "a commit into a broken tree went through"
says "registry/a/a-ref.yaml:5"
echo "pre-commit: refused, passed and judged the whole tree"
