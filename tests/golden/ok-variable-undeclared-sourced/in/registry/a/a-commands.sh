#!/bin/bash
source lib.sh
cd /x; echo "${REGIN}"
