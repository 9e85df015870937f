#!/bin/bash
set -euo pipefail
trap "echo bye" EXIT
