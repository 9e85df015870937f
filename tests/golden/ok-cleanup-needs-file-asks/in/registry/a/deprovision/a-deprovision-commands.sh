#!/bin/bash
if [[ -s "${SHARED_DIR}/name" ]]; then
  oc delete namespace "$(cat "${SHARED_DIR}/name")"
fi
