#!/usr/bin/env python3
"""Renames random components and looks whether anything else changed.

usage: rename.py STEPREG SOURCE COMPONENTS CONFIGS [SEED]

SOURCE: a folder with step-registry/ and config/, or the corpus. CONFIGS limits the number of configurations
(0: all). After each rename every plan and every finding must be what it was but for the name, the diff of
--dry-run must say the same, renaming back must give the first tree, and a name that is taken must change nothing.
"""
import functools
import json
import os
import random
import subprocess
import sys
import tempfile

import tree as trees

MARK = "zz9"  # in no other name


def run(stepreg, tree, *arguments):
    return subprocess.run([stepreg, *arguments], cwd=tree, capture_output=True, text=True)


def components(tree):
    found = []
    for kind in ("ref", "chain", "workflow", "observer"):
        found += [(kind, trees.name_of(path)) for path in trees.files(tree, f"-{kind}.yaml")]
    return sorted(found)


def state(tree):
    trees.git(tree, "add", "-A", "-f")
    return trees.git(tree, "write-tree").strip()


def reset(tree):
    trees.git(tree, "reset", "-q", "--hard", "HEAD")


def without_place(plan):
    """The effect of a plan without the path of scripts, which moves with the step."""
    plan = trees.only_effect(plan)
    for step in plan["steps"] + plan.get("observers", []):
        step.get("script", {}).pop("path", None)
    return plan


@functools.lru_cache(maxsize=20_000)
def effect(line, old, new):
    return json.dumps(without_place(json.loads(line)), sort_keys=True).replace(new or "\0", old)


def plans(stepreg, tree, old="", new=""):
    """Most lines are the same from rename to rename, and none of the names is in them."""
    lines = run(stepreg, tree, "resolve", "--all", "-o", "jsonl").stdout.splitlines()
    return sorted(effect(line, old, new) if new and new in line else effect(line, "", "") for line in lines)


def findings(stepreg, tree, old="", new=""):
    """What is found, and in what; where it stands may move."""
    lines = run(stepreg, tree, "lint", "-o", "jsonl").stdout.splitlines()
    keep = ("rule", "message", "component", "subject", "severity")
    found = [json.loads(line.replace(new or "\0", old)) for line in lines]
    return sorted(json.dumps({key: each.get(key) for key in keep}, sort_keys=True) for each in found
                  if each.get("rule"))  # without a rule: of a file that cannot be used, known by its path only


def first_difference(before, after):
    gone, more = sorted(set(before) - set(after)), sorted(set(after) - set(before))
    return f"{len(gone)} gone, {len(more)} new: {gone[:1]} {more[:1]}"[:600]


def check_one(stepreg, tree, kind, old, before, taken):
    new = "-".join([old.split("-")[0], MARK, *old.split("-")[1:]])  # names like *-gather mean something: kept
    start, problems = state(tree), []
    dry = run(stepreg, tree, "rename", f"{kind}/{old}", new, "--dry-run")
    if dry.returncode != 0 or state(tree) != start:
        return [f"--dry-run: exit {dry.returncode}, tree {'changed' if state(tree) != start else 'kept'}: {dry.stderr[:300]}"]
    done = run(stepreg, tree, "rename", f"{kind}/{old}", new)
    if done.returncode != 0:
        return [f"exit {done.returncode}: {done.stderr[:300]}"]
    renamed = state(tree)
    for name, look in (("plans", plans), ("findings", findings)):
        now = look(stepreg, tree, old, new)
        if now != before[name]:
            problems.append(f"{name}: " + first_difference(before[name], now))
    refused = taken and run(stepreg, tree, "rename", f"{kind}/{new}", taken)
    if refused and (refused.returncode == 0 or state(tree) != renamed):
        problems.append(f"the taken name {taken}: exit {refused.returncode}")
    home = os.path.dirname(next(line for line in trees.git(tree, "ls-tree", "-r", "--name-only", start).splitlines()
                                if line.endswith(f"/{old}-{kind}.yaml")))
    back = run(stepreg, tree, "rename", f"{kind}/{new}", old, "--directory", os.path.relpath(home, trees.REGISTRY))
    for left in trees.files(tree, "OWNERS"):  # a copy, made because both places needed it
        if MARK in left and os.listdir(os.path.dirname(left)) == ["OWNERS"]:
            os.remove(left)
    if back.returncode != 0 or state(tree) != start:
        changed = trees.git(tree, "diff", "--cached", "--stat", "HEAD")
        problems.append(f"back again: exit {back.returncode}: {back.stderr[:300]}{changed[:600]}")
    reset(tree)
    applied = subprocess.run(["git", "-C", tree, "apply", "--whitespace=nowarn", "-"], input=dry.stdout, text=True,
                             capture_output=True)
    if applied.returncode != 0 or state(tree) != renamed:
        problems.append(f"the diff is not what was done: {applied.stderr[:300]}" +
                        trees.git(tree, "diff-tree", "-r", renamed, state(tree))[:300])
    reset(tree)
    return problems


def main():
    stepreg, source, count, configs = os.path.abspath(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    seed = int(sys.argv[5]) if len(sys.argv) > 5 else 1
    failed = 0
    with tempfile.TemporaryDirectory() as directory:
        tree = f"{directory}/tree"
        trees.make_repository(source, tree, configs or None)
        trees.git(tree, "config", "core.autocrlf", "false")
        before = {"plans": plans(stepreg, tree), "findings": findings(stepreg, tree)}
        chosen = components(tree)
        random.Random(seed).shuffle(chosen)
        for kind, old in chosen[:count]:
            taken = next((name for other, name in components(tree) if other == kind and name != old), None)
            problems = check_one(stepreg, tree, kind, old, before, taken)
            failed += bool(problems)
            print(f"{kind}/{old}: {'; '.join(problems) or 'same'}", flush=True)
    print(f"{min(count, len(chosen))} renamed, {len(before['plans'])} plans and {len(before['findings'])} findings "
          f"compared each time; {failed} with problems")
    sys.exit(1 if failed or not before["plans"] else 0)


if __name__ == "__main__":
    main()
