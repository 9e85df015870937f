#!/bin/bash
openshift-install create cluster --dir work
cp work/auth/kubeconfig "${SHARED_DIR}/"
