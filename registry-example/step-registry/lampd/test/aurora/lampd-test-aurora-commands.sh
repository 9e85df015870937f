#!/usr/bin/env bash
set -o errexit -o nounset -o pipefail

echo "watching the sky for $AURORA_WATCH s"
for ((second = 0; second < AURORA_WATCH; second++)); do
  sleep 1
  echo "dark"
done
echo "no aurora tonight"
