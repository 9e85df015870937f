#!/bin/bash
# The nodes of a region.
oc get nodes -l "region=${REGION}" | sort > "${ARTIFACT_DIR}/nodes"
