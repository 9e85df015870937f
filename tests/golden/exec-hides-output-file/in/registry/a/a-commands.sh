#!/bin/bash
exec >"${ARTIFACT_DIR}/log" 2>&1
make test
