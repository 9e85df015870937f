#!/bin/bash
while true; do oc get pods; sleep 60; done &
trap 'kill $(jobs -p)' EXIT
make test 2>&1 && echo "waited"
