#!/bin/bash
exec ginkgo -r
