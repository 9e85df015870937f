#!/bin/bash
oc delete namespace a --wait=false
echo done
