#!/bin/bash
set -euo pipefail
echo "${CHANNEL}"
