#!/bin/bash
cleanup() { trap - EXIT TERM; oc delete namespace a; }
trap cleanup EXIT TERM
make test
