#!/bin/bash
cleanup() { oc delete namespace a; }
trap cleanup EXIT TERM
make test
