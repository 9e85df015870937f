#!/bin/bash
name=$(cat "${SHARED_DIR}/name")
oc delete namespace "${name}"
