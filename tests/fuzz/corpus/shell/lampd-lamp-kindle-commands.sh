#!/usr/bin/env bash
set -o errexit -o nounset -o pipefail

# A plain process cannot have the key at its mount path; steprun says where it is instead.
key=${CREDENTIAL_DIR_LAMPD_KEEPER_KEY:-/var/run/lampd-keeper-key}/key
site=$(< "$SHARED_DIR/site")

./lampd kindle "$site" "$LAMP_OIL" "$key"
echo "the light on $HEADLAND burns $LAMP_OIL"
