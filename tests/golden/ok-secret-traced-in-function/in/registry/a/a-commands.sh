#!/bin/bash
set -ex
key_dir=/var/run/board
read_key() {
  key=$(cat "${key_dir}/key")
}
set +x
read_key
key_dir=/tmp
set -x
other=$(cat "${key_dir}/note")
flash --list "${key:+given}" "${other}"
