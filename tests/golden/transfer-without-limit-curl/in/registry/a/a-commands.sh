#!/bin/bash
curl -fsSLO https://example.com/tool
