#!/bin/bash
vpc=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
echo "${vpc}" > "${SHARED_DIR}/vpc"
aws ec2 modify-vpc-attribute --vpc-id "${vpc}" --enable-dns-support
