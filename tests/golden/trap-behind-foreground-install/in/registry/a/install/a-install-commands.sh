#!/bin/bash
trap "rm -rf work" INT TERM
openshift-install create cluster --dir work
cp work/auth/kubeconfig "${SHARED_DIR}/"
