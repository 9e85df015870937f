#!/bin/bash
f="${CLUSTER_PROFILE_DIR}/key"
f+=.pub
cat "${f}"
g="${CLUSTER_PROFILE_DIR}/token"
for g in /tmp/*; do cat "${g}"; done
flash --key /var/run/board/key
