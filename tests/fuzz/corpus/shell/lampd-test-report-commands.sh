#!/usr/bin/env bash
set -o errexit -o nounset -o pipefail

site=$(< "$SHARED_DIR/site")

cat > "$ARTIFACT_DIR/report.md" << TEXT
# Notice to mariners

- headland: $HEADLAND
- tower: $(< "$site/height") m
- light: $(< "$site/character"), seen for $(< "$site/range") miles
- build: $LAMPD_IMAGE
TEXT
cat "$ARTIFACT_DIR/report.md"
