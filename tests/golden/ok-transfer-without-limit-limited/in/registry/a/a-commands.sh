#!/bin/bash
curl --max-time 300 -fsSLO https://example.com/tool
timeout 5m curl -O https://example.com/tool
curl -sSfm 20 https://example.com/tool
curl http://localhost:8080/healthz
