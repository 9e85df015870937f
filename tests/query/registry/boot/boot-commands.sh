#!/bin/bash
set -o nounset
echo "boot ${SIZE} in ${ZONE} from ${INSTALLER_IMAGE}, ${METAL}"
