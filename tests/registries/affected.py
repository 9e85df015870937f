#!/usr/bin/env python3
"""Compares `stepreg affected` with brute force over a history of random edits.

usage: affected.py STEPREG SOURCE EDITS CONFIGS [SEED]

SOURCE: a folder with step-registry/ and config/, or the corpus.

CONFIGS limits the number of configurations (0: all). Every edit is looked at as a dirty work tree, then
committed and looked at again as a pair of revisions. Brute force: everything is resolved before and after, by
separate runs, and compared without origins.
"""
import json
import os
import random
import subprocess
import sys
import tempfile
import time

import tree as trees


def affected(stepreg, tree, *arguments):
    run = subprocess.run([stepreg, "affected", "-o", "json", *arguments], cwd=tree, capture_output=True, text=True)
    if run.returncode not in (0, 1):
        print(f"stepreg affected {' '.join(arguments)} ended with {run.returncode}: {run.stderr}")
        sys.exit(1)
    return run.stdout


def brute(before, after):
    return {test for test in set(before) | set(after) if before.get(test) != after.get(test)}


def check_reasons(document, tree):
    """Every reason names a file that differs, and a way that ends at a workflow, a chain, a step or the test."""
    problems = []
    changed = set(trees.git(tree, "diff", "--name-only", "--no-renames", "HEAD").splitlines())
    changed |= set(trees.git(tree, "ls-files", "--others").splitlines())
    folders = {"registry": trees.REGISTRY + "/", "configs": trees.CONFIGS + "/", "settings": ""}
    for test in document["tests"]:
        reason = test["reason"]
        path = folders[reason["tree"]] + reason["file"]
        real = os.path.relpath(os.path.realpath(f"{tree}/{path}"), tree)
        if path not in changed and real not in changed:
            problems.append(f"{test['id']}: the reason {path} did not change")
    return problems


def main():
    stepreg, source, edits, configs = os.path.abspath(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    seed = int(sys.argv[5]) if len(sys.argv) > 5 else 1
    problems, nothing, named, spent, slowest = [], 0, 0, 0.0, 0.0
    with tempfile.TemporaryDirectory() as directory:
        tree = f"{directory}/tree"
        trees.make_repository(source, tree, configs or None)
        editor = trees.Editor(tree, random.Random(seed))
        before = trees.plans(stepreg, tree)
        start = before
        for number in range(edits):
            what = editor.edit()
            after = trees.plans(stepreg, tree)
            expected = brute(before, after)
            begin = time.monotonic()
            text = affected(stepreg, tree, "--base", "HEAD")
            took = time.monotonic() - begin
            spent, slowest = spent + took, max(slowest, took)
            document = json.loads(text)
            ours = {test["id"] for test in document["tests"]}
            named += len(ours)
            nothing += not ours
            if ours != expected:
                problems.append(f"edit {number} ({what}): missing {sorted(expected - ours)[:3]}, "
                                f"too many {sorted(ours - expected)[:3]}")
            problems += [f"edit {number} ({what}): {each}" for each in check_reasons(document, tree)[:3]]
            trees.git(tree, "add", "-A")
            trees.git(tree, "commit", "-q", "--allow-empty", "-m", what)
            if number % 5 == 0:
                committed = json.loads(affected(stepreg, tree, "--base", "HEAD~1", "--head", "HEAD", "-j", "1"))
                if committed["tests"] != document["tests"]:
                    problems.append(f"edit {number} ({what}): revisions say something else than the work tree")
            print(f"{number}: {what}: {len(ours)} of {len(after)} tests, {took:.2f} s", flush=True)
            before = after
        whole = {t["id"] for t in json.loads(affected(stepreg, tree, "--base", f"HEAD~{edits}"))["tests"]}
        if whole != brute(start, before):
            problems.append("the whole history: differs")
    print(f"{edits} edits, {nothing} without effect, {named} affected tests named, "
          f"{spent / max(1, edits):.2f} s each, slowest {slowest:.2f} s; {len(problems)} problems")
    for line in problems[:20]:
        print(f"  {line}")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
