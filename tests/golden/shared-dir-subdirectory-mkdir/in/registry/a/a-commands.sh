#!/bin/bash
mkdir -p "${SHARED_DIR}/certs"
openssl genrsa -out "${SHARED_DIR}/certs/key" 2048
cp -r /tmp/auth ${SHARED_DIR}/
