#!/usr/bin/env bash
set -o errexit -o nounset -o pipefail

site=${TMPDIR:-/tmp}/lampd-coast/$HEADLAND-$UNIQUE_HASH

# First say where it will be, then build: whoever cleans up must not depend on this script reaching its end.
printf '%s\n' "$site" > "$SHARED_DIR/site"

mkdir -p "$site"
printf '%s\n' "$TOWER_HEIGHT" > "$site/height"
echo "a tower of $TOWER_HEIGHT m stands on $HEADLAND, paid for by $LEASED_RESOURCE"
