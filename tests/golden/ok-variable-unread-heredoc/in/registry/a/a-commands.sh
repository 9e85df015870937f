#!/bin/bash
python3 - <<EOF
import os
print(os.environ["REGION"], os.environ["ZONES"])
EOF
