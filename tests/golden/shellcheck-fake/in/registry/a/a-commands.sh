#!/bin/bash
echo "${REGIN}"
cd /x
echo "${REGION}"
