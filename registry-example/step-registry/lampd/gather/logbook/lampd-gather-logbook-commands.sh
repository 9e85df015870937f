#!/usr/bin/env bash
set -o errexit -o nounset -o pipefail

if [ ! -e "$SHARED_DIR/site" ]; then
  echo "no tower, no logbook"
  exit 0
fi

site=$(< "$SHARED_DIR/site")
cp "$site/logbook.txt" "$ARTIFACT_DIR/"
cat "$site/logbook.txt"
