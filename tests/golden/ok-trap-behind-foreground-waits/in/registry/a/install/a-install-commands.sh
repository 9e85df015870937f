#!/bin/bash
trap "rm -rf work" INT TERM
openshift-install create cluster --dir work &
wait $!
sleep 30
cp work/auth/kubeconfig "${SHARED_DIR}/"
