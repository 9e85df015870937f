#!/bin/bash
cat "${CLUSTER_PROFILE_DIR}/pull-secret"
cat /var/run/board/key
