#!/bin/bash
mkdir -p "${SHARED_DIR}/work"
cp -r "${SHARED_DIR}/work" /tmp/copy
tar -czf "${SHARED_DIR}/work.tgz" -C "${SHARED_DIR}/work" .
