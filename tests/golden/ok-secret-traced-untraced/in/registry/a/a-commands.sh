#!/bin/bash
set -x
flash --list
set +x
key=$(cat /var/run/board/key)
set -x
