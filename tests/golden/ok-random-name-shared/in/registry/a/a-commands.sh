#!/bin/bash
cluster_name="ci-$(uuidgen)"
echo "${cluster_name}" > "${SHARED_DIR}/cluster-name"
tmp_name=/tmp/x-$RANDOM
