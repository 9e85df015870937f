#!/bin/bash
oc delete namespace a --wait=false
oc wait --for=delete namespace/a --timeout=10m
