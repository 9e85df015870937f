#!/bin/bash
echo "watch ${SIZE}"
