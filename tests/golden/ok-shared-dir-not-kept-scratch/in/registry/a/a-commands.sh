#!/bin/bash
curl --max-time 60 -fsS https://example.com/id > "${SHARED_DIR}/id"
grep -q ready "${SHARED_DIR}/id"
