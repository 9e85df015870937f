#!/bin/bash
cat "${CLUSTER_PROFILE_DIR}/ssh-publickey" "${CLUSTER_PROFILE_DIR}/region"
cat "${CLUSTER_PROFILE_DIR}/pull-secret" > /tmp/pull-secret
cat /var/run/board/key | sha256sum
key=$(cat /var/run/board/key)
