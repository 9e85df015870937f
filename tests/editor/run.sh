#!/usr/bin/env bash
# The schemas in yaml-language-server, as VS Code and others start it: errors, hover, completion.
# usage: run.sh SOURCE_DIRECTORY; YAML_LANGUAGE_SERVER names the server if it is not in the PATH.
set -euo pipefail

source=$1
here=$(cd "$(dirname "$0")" && pwd)
command -v node >/dev/null || { echo "skipped: node is not installed"; exit 77; }
server=${YAML_LANGUAGE_SERVER:-$(command -v yaml-language-server || true)}
[ -n "$server" ] || {
  echo "skipped: yaml-language-server is not installed (npm install -g yaml-language-server)"
  exit 77
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
node "$here/client.js" "$server" "$source" "$work"
