#!/bin/bash
set -eux
board_dir=/var/run
typeset key_dir="${board_dir}/board"
flash_it() {
  key=$(cat "${key_dir}/key")
  flash --key "${key}"
}
flash_it
