#!/usr/bin/env bash
set -o errexit -o nounset -o pipefail

readings=0
finish() {
  echo "$TIDE_STATION: $readings readings"
  exit 0
}
trap finish TERM

echo "reading,level_cm" > "$ARTIFACT_DIR/tide.csv"
while true; do
  level=$((readings % 24 < 12 ? readings % 24 : 24 - readings % 24))
  echo "$readings,$((level * 20))" >> "$ARTIFACT_DIR/tide.csv"
  readings=$((readings + 1))
  sleep "$TIDE_STEP"
done
