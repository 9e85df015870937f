#!/bin/bash
openshift-install create cluster --dir work
echo done
