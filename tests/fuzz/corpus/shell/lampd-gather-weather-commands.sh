#!/usr/bin/env bash
set -o errexit -o nounset -o pipefail

# The ship answers those who know the call sign.
test -s "$CLUSTER_PROFILE_DIR/call-sign"

if [ "$FOG" != none ]; then
  echo "the weather ship does not answer"
  exit 1
fi
echo "clear sky, says the weather ship" | tee "$ARTIFACT_DIR/weather.txt"
