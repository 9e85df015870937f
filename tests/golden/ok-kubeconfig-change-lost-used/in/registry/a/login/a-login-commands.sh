#!/bin/bash
oc login -u admin -p admin
oc get nodes
