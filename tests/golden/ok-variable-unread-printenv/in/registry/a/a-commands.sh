#!/bin/bash
zones=$(printenv ZONES)
echo "${zones} $REGION"
