#!/bin/sh
if [[ -e x ]]; then true; fi
