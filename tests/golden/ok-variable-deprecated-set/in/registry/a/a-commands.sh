#!/bin/bash
IMAGE_FORMAT=$(cat "${SHARED_DIR}/image-format")
echo "${IMAGE_FORMAT}" '$BUILD_NUMBER'  # $BUILD_NUMBER
