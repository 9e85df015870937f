#!/usr/bin/env bash
set -o errexit -o nounset -o pipefail

if [ ! -e "$SHARED_DIR/site" ]; then
  echo "no tower was begun: nothing to take down"
  exit 0
fi

site=$(< "$SHARED_DIR/site")
rm -rf "$site"
rmdir "${site%/*}" 2> /dev/null || echo "other towers remain on this coast"
echo "$HEADLAND is a plain headland again"
