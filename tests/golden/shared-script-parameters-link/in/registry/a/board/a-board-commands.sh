#!/bin/bash
echo "flashing ${BOARD}"
flash "$BOARD"
