#!/bin/bash
set -euo pipefail
make e2e
