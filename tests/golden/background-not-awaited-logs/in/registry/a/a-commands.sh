#!/bin/bash
oc logs -f pod/a > "${ARTIFACT_DIR}/a.log" &
echo "a & b"  # c &
make test
