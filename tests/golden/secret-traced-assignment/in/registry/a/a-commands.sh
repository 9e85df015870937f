#!/bin/bash
set -eux
key=$(cat /var/run/board/key)
flash --key "${key}"
