#!/bin/bash
cluster_name="ci-${RANDOM}"
create-cluster "${cluster_name}"
