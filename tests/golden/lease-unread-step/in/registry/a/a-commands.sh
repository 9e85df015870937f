#!/bin/bash
oc get nodes
