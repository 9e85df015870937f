#!/bin/bash
set -euo pipefail
echo a
