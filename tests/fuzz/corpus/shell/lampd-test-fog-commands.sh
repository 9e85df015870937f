#!/usr/bin/env bash
set -o errexit -o nounset -o pipefail

give_up() {
  echo "still $FOG fog: the light was never seen" | tee "$ARTIFACT_DIR/sightings.txt"
  exit 1
}
trap give_up TERM

while [ "$FOG" != none ]; do
  sleep 0.2
done
echo "the light is in sight" | tee "$ARTIFACT_DIR/sightings.txt"
