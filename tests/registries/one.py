#!/usr/bin/env python3
"""`resolve ID` reads no more than the test needs; `resolve --all` reads everything. Both must give the same plan.

usage: one.py STEPREG DIR TESTS
DIR: registry-example/, or the corpus; TESTS: how many to compare, spread over all."""
import json
import subprocess
import sys

import tree

stepreg, source, count = sys.argv[1], tree.found(sys.argv[2]), int(sys.argv[3])
words = ["--registry", f"{source}/{tree.REGISTRY}", "--configs", f"{source}/{tree.CONFIGS}"]


def run(*command):
    return subprocess.run([stepreg, *command, *words], capture_output=True, text=True, check=False)


lines = run("resolve", "--all", "-o", "jsonl").stdout.splitlines()
plans = [json.loads(line) for line in lines[:: max(1, len(lines) // count)]]
differences = 0
for plan in plans:
    one = run("resolve", plan["job"]["id"], "-o", "json")
    if one.returncode != 0 or json.loads(one.stdout) != plan:
        differences += 1
        print(f"{plan['job']['id']}: exit {one.returncode}, another plan: {one.stderr[:500]}")
print(f"{len(plans)} of {len(lines)} tests compared, {differences} differ")
sys.exit(1 if differences or not plans else 0)
