#!/usr/bin/env bash
set -o errexit -o nounset -o pipefail

if [ ! -e "$SHARED_DIR/site" ]; then
  echo "no tower, no flame"
  exit 0
fi

./lampd douse "$(< "$SHARED_DIR/site")"
echo "the lamp is dark"
