#!/bin/bash
set -o pipefail
trap 'kill $(jobs -p)' TERM
# Saves the logs.
trap 'cp -- *.log "${ARTIFACT_DIR}"' EXIT TERM
make test
