#!/bin/bash
echo "$NEEDED"
