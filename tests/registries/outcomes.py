#!/usr/bin/env python3
"""After any edit, what is remembered of earlier runs changes no byte of what `lint` prints.

usage: outcomes.py STEPREG GENERATE [--rounds N] [--seed N]"""
import argparse
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time

parser = argparse.ArgumentParser()
parser.add_argument("stepreg")
parser.add_argument("generate")
parser.add_argument("--rounds", type=int, default=120)
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()

dice = random.Random(options.seed)
scratch = tempfile.TemporaryDirectory(prefix="stepreg-outcomes-")
top = pathlib.Path(scratch.name) / "tree"
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")


def lint(form, *more):
    done = subprocess.run([options.stepreg, "lint", "--profile", "strict", "--shellcheck", "never", "-o", form, *more],
                          cwd=top, capture_output=True, env={**os.environ, "XDG_CACHE_HOME": f"{scratch.name}/cache"})
    return done.returncode, done.stdout, done.stderr


def files(*patterns):
    return sorted(path for pattern in patterns for path in top.glob(pattern) if path.is_file() and not path.is_symlink())


def edited(text, names):
    """One small change somewhere; most leave it a registry, some do not."""
    lines = text.split("\n")
    at = dice.randrange(len(lines))
    kind = dice.choice(["drop", "twice", "name", "name", "value", "value", "character", "comment", "end", "remark", "remark", "blank",
                        "behind", "behind", "anchor"])
    if kind == "drop":
        del lines[at]
    elif kind == "twice":
        lines.insert(at, lines[at])
    elif kind == "name":
        found = [i for i, line in enumerate(lines) if NAME.search(line)]
        if found:
            at = dice.choice(found)
            lines[at] = NAME.sub(dice.choice(names), lines[at], count=1)
    elif kind == "value":
        found = [i for i, line in enumerate(lines) if ": " in line]
        if found:
            at = dice.choice(found)
            lines[at] = lines[at].split(": ")[0] + ": " + dice.choice(["1", "true", "null", "[]", "{}", "two words", "1h30m", "-5"])
    elif kind == "character":
        place = dice.randrange(len(lines[at]) + 1)
        lines[at] = lines[at][:place] + dice.choice("aB3-_ :'\"[{#\té") + lines[at][place:]
    elif kind == "comment":
        lines[at] += "  # stepreg: ignore[SR811] a reason"
    elif kind == "remark":
        lines.insert(dice.choice([at, len(lines)]), "# a remark")
    elif kind == "behind":
        lines[at] += "  # a remark" if lines[at].strip() else "# a remark"
    elif kind == "anchor":
        lines[at] = re.sub(r": (?=[\w\"'])", f": &{dice.choice('hk')} ", lines[at], count=1)
    elif kind == "blank":
        lines.insert(at, "")
    else:
        lines = lines[:at]
    return "\n".join(lines)


class Tree:
    """The files, with changes that can be taken back."""

    def __init__(self):
        patterns = ["*-ref.yaml", "*-chain.yaml", "*-workflow.yaml", "*-observer.yaml", "*-commands.*", "OWNERS",
                    "*.metadata.json", "cluster-profiles*.yaml"]
        groups = [files(f"step-registry/**/{pattern}") for pattern in patterns]
        self.groups = [group for group in [*groups, files("config/**/*.yaml"), files(".stepreg.yaml")] if group]
        self.names = [re.sub(r"-(ref|chain|workflow|observer)\.yaml$", "", path.name)
                      for path in files("step-registry/**/*.yaml")]
        self.before = {}  # None: the file is new

    def edit(self):
        path = dice.choice(dice.choice(self.groups))
        if not path.exists():
            return "nothing"
        content = path.read_bytes()
        self.before.setdefault(path, content)
        kind = dice.choice(["text"] * 8 + ["gone", "copy"])
        if kind == "gone":
            path.unlink()
        elif kind == "copy":
            copy = path.with_name("copy-" + path.name)
            self.before.setdefault(copy, None)
            shutil.copy(path, copy)
        else:
            path.write_text(edited(content.decode(errors="replace"), self.names))
        return f"{kind} {path.relative_to(top)}"

    def restore(self):
        for path, content in self.before.items():
            if content is None:
                path.unlink()
            else:
                path.write_bytes(content)
        self.before.clear()


def main():
    subprocess.run([options.generate, "--seed", str(options.seed), "--size", "0.05", top], check=True,
                   stdout=subprocess.DEVNULL)
    tree = Tree()
    time.sleep(2.1)  # until the files are old enough to be believed by their times
    lint("jsonl")
    story, wrong, results = [], [], set()
    for turn in range(options.rounds):
        story.append(tree.edit())
        form = dice.choice(["jsonl", "concise", "full"])
        expected = lint(form, "--no-cache")
        results.add(expected)
        wrong += [f"round {turn}: {', '.join(story)}" for _ in range(2) if lint(form) != expected]
        if len(story) > 3 or dice.random() < 0.5:
            tree.restore()
            story.clear()
    print(f"{options.rounds} rounds, {len(results)} different results, {len(wrong)} of them remembered wrongly", *wrong, sep="\n")
    if len(results) < options.rounds // 2:
        sys.exit("the edits hardly ever change what is found")
    sys.exit(1 if wrong else 0)


main()
