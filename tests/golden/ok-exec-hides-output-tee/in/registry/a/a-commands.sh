#!/bin/bash
exec > >(tee "${ARTIFACT_DIR}/log") 2>&1
exec 4> "${ARTIFACT_DIR}/extra"
make test
