#!/usr/bin/env python3
"""A new component lints clean, links the nearest OWNERS, and overwrites nothing.

usage: check_new.py STEPREG PROJECT
"""
import json
import os
import subprocess
import sys
import tempfile

MADE = [
    (["new", "step", "gather/events"], ["gather-events-ref.yaml", "gather-events-commands.sh",
                                        "gather-events-ref.metadata.json", "OWNERS"]),
    (["new", "chain", "gather", "--step", "gather-events", "--step", "ref/gather-logs"],
     ["gather-chain.yaml", "gather-chain.metadata.json", "OWNERS"]),
    (["new", "workflow", "whole/deploy", "--pre", "chain/install", "--post", "chain/gather", "--owner", "eve"],
     ["whole-deploy-workflow.yaml", "whole-deploy-workflow.metadata.json", "OWNERS"]),
]


def lint(stepreg, tree):
    done = subprocess.run([stepreg, "lint", "--registry", tree, "--fail-on", "warning"],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return done.returncode, done.stdout


def content(tree):
    found = {}
    for directory, _, names in os.walk(tree):
        for name in names:
            with open(f"{directory}/{name}", "rb") as file:
                found[f"{directory}/{name}"] = file.read()
    return found


def main():
    stepreg, project = sys.argv[1:3]
    failures = []
    with tempfile.TemporaryDirectory() as directory:
        tree = f"{directory}/step-registry"
        subprocess.run(["cp", "-r", f"{project}/tests/query/registry", tree], check=True)
        before = lint(stepreg, tree)
        for words, files in MADE:
            made = subprocess.run([stepreg, *words, "--registry", tree], check=False,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            folder = f"{tree}/{words[2]}"
            missing = [name for name in files if not os.path.isfile(f"{folder}/{name}")]
            if made.returncode != 0 or missing:
                failures.append(f"{words}: exit {made.returncode}, missing {missing}\n{made.stdout}")
                continue
            known = content(tree)
            again = subprocess.run([stepreg, *words, "--registry", tree], check=False,
                                   stderr=subprocess.DEVNULL)
            if again.returncode != 2 or content(tree) != known:
                failures.append(f"{words}: a second time ended with {again.returncode}")
        after = lint(stepreg, tree)
        if before[0] == 0 and after[0] != 0:
            failures.append(f"lint finds something in the new components:\n{after[1]}")
        if before[0] != 0:
            failures.append(f"lint finds something in the registry as it was:\n{before[1]}")
        if os.path.islink(f"{tree}/gather/events/OWNERS") != (not failures):
            failures.append("OWNERS of gather/events is no link")
        with open(f"{tree}/gather/events/gather-events-ref.metadata.json") as file:
            metadata = json.load(file)
        expected = {"path": "gather/events/gather-events-ref.yaml",
                    "owners": {"approvers": ["ann"], "reviewers": ["bob"]}}
        if metadata != expected:
            failures.append(f"metadata: {metadata}")
    print("\n".join(failures) or "all new components are clean")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
