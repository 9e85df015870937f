#!/bin/bash
set -euo pipefail
echo "${NAME}"
