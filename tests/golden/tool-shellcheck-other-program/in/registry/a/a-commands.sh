#!/bin/bash
echo "${REGIN}"
cd /x
