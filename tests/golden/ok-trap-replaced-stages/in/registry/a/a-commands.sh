#!/bin/bash
trap 'oc delete namespace a' EXIT
oc new-project a
trap 'oc delete namespace a b' EXIT
trap 'echo stopped' TERM
