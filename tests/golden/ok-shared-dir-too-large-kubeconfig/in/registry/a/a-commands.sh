#!/bin/bash
oc adm must-gather --dest-dir="${ARTIFACT_DIR}/gathered"
cp /tmp/kubeconfig "${SHARED_DIR}/kubeconfig"
cp "${SHARED_DIR}/disk.qcow2" /tmp/
