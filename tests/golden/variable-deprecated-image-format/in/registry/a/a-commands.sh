#!/bin/bash
cli=${IMAGE_FORMAT//'${component}'/cli}
echo "${cli} ${BUILD_NUMBER}"
