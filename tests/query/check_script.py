#!/usr/bin/env python3
"""The script that stands for a plan does what the plan does, and shellcheck has nothing to say.

usage: check_script.py STEPREG PROJECT
"""
import os
import shutil
import subprocess
import sys
import tempfile

CONFIG = """
tests:
- as: passes
  steps:
    allow_best_effort_post_steps: true
    allow_skip_on_success: true
    pre:
    - {as: one, from: cli, commands: 'echo "one $V" ', env: [{name: V, default: "it's $HOME"}], resources: {requests: {cpu: "1"}}}
    test:
    - {as: two, from: cli, commands: "echo two", resources: {requests: {cpu: "1"}}}
    post:
    - {as: skipped, from: cli, commands: "echo skipped", optional_on_success: true, resources: {requests: {cpu: "1"}}}
    - {as: last, from: cli, commands: "echo last; exit 1", best_effort: true, timeout: 5m, resources: {requests: {cpu: "1"}}}
- as: fails
  steps:
    allow_skip_on_success: true
    pre:
    - {as: one, from: cli, commands: "echo one; exit 3", resources: {requests: {cpu: "1"}}}
    test:
    - {as: two, from: cli, commands: "echo two", resources: {requests: {cpu: "1"}}}
    post:
    - {as: shown, from: cli, commands: "echo shown", optional_on_success: true, resources: {requests: {cpu: "1"}}}
    - {as: last, from: cli, commands: "echo last", resources: {requests: {cpu: "1"}}}
"""
EXPECTED = {"passes": (0, ["one it's $HOME", "two", "last"]), "fails": (1, ["one", "shown", "last"])}


def check(stepreg, words, expected=None):
    failures = 0
    with tempfile.TemporaryDirectory() as directory:
        path = f"{directory}/script.sh"
        with open(path, "wb") as file:
            subprocess.run([stepreg, *words, "--script"], stdout=file, check=True)
        if shutil.which("shellcheck"):
            failures += subprocess.run(["shellcheck", "-S", "warning", path], check=False).returncode
        else:
            failures += subprocess.run(["bash", "-n", path], check=False).returncode
        if expected:
            done = subprocess.run(["bash", path], stdout=subprocess.PIPE, text=True, check=False,
                                  env={**os.environ, "TMPDIR": directory})
            lines = done.stdout.splitlines()[:-1]
            if (done.returncode, lines) != expected:
                print(f"{words}: got {done.returncode} {lines}, expected {expected}")
                failures += 1
    return failures


def main():
    stepreg, project = sys.argv[1:3]
    here = f"{project}/tests/query"
    registry = ["--registry", f"{here}/registry"]
    failures = check(stepreg, ["resolve", "acme/shop@main:e2e", *registry, "--configs", f"{here}/config"])
    failures += check(stepreg, ["resolve", "workflow/deploy", *registry])
    with tempfile.TemporaryDirectory() as tree:
        os.makedirs(f"{tree}/acme/new")
        with open(f"{tree}/acme/new/acme-new-main.yaml", "w") as file:
            file.write(CONFIG)
        for test, expected in EXPECTED.items():
            words = ["resolve", f"acme/new@main:{test}", *registry, "--configs", tree]
            failures += check(stepreg, words, expected)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
