#!/bin/bash
set -euo pipefail
echo "flashing ${BOARD}"
