#!/bin/bash
for name in REG{ION,}; do echo "${!name}"; done
