#!/bin/bash
CLUSTER_PROFILE_DIR=${CLUSTER_PROFILE_DIR:-/tmp/profile}
KUBEADMIN_PASSWORD_FILE=${SHARED_DIR}/password
cat "${CLUSTER_PROFILE_DIR}/pull-secret"
cat "${KUBEADMIN_PASSWORD_FILE}"
cat /var/run/board/key
