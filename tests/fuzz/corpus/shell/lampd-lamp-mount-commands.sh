#!/usr/bin/env bash
set -o errexit -o nounset -o pipefail

site=$(< "$SHARED_DIR/site")

./lampd mount "$site" "$LIGHT_CHARACTER" "$LAMP_RANGE"
./lampd chart "$site" > "$ARTIFACT_DIR/chart.svg"
echo "mounted: $LIGHT_CHARACTER, seen for $LAMP_RANGE miles"
