#!/bin/bash
oc get nodes -l "board=$BOARD"
