#!/bin/bash
echo logs
