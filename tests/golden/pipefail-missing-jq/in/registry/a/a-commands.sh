#!/bin/bash
oc get nodes -o json | jq .items > /tmp/nodes.json
