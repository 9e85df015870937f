#!/bin/bash
echo "flashing ${BOARD:-the first}"
if [[ "$(hostname)" == b ]]; then flash "$BOARD"; fi
