#!/bin/bash
oc get nodes -l "region=${REGION}"
make test
