#!/bin/bash
oc login -u admin -p admin
echo "logged in"
