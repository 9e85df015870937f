#!/usr/bin/env python3
"""Runs registry-example/demo and looks at what it leaves behind: results, statuses, artifacts, a clean coast.

usage: check_demo.py DEMO DIRECTORY_OF_THE_PROGRAMS
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

TEST_ID = "gullrock/lampd@main:"

# Per test: exit code, result, and the status of every step in order.
EXPECTED = {
    "e2e": (
        0,
        "SUCCESS",
        {
            "lampd-site-provision": "PASS",
            "lampd-lamp-mount": "PASS",
            "lampd-lamp-kindle": "PASS",
            "lampd-test-aurora": "FAIL",  # tolerated: its limit says `skip`
            "lampd-test-flashes": "PASS",
            "lampd-test-report": "PASS",
            "lampd-gather-logbook": "SKIPPED",
            "lampd-gather-weather": "PASS",
            "lampd-lamp-douse": "PASS",
            "lampd-site-deprovision": "PASS",
        },
    ),
    "e2e-occulting": (
        1,
        "FAILURE",
        {
            "lampd-site-provision": "PASS",
            "lampd-lamp-mount": "PASS",
            "lampd-lamp-kindle": "PASS",
            "lampd-test-aurora": "PASS",
            "lampd-test-flashes": "FAIL",
            "lampd-test-report": "SKIPPED",
            "lampd-gather-logbook": "PASS",
            "lampd-gather-weather": "PASS",
            "lampd-lamp-douse": "PASS",
            "lampd-site-deprovision": "PASS",
        },
    ),
    "e2e-fog": (
        1,
        "FAILURE",
        {
            "lampd-site-provision": "PASS",
            "lampd-lamp-mount": "PASS",
            "lampd-lamp-kindle": "PASS",
            "forecast": "PASS",
            "lampd-test-fog": "FAIL",
            "lampd-gather-logbook": "PASS",
            "lampd-gather-weather": "FAIL",  # ignored: `best_effort`
            "lampd-lamp-douse": "PASS",
            "lampd-site-deprovision": "PASS",
        },
    ),
}

# Test, step (or observer), artifact, a text in it.
ARTIFACTS = [
    ("e2e", "lampd-lamp-mount", "chart.svg", "Fl(3) W 10s 24M"),
    ("e2e", "lampd-test-flashes", "flashes.txt", "#.#.#.....\n#.#.#.....\n"),
    ("e2e", "lampd-test-flashes", "junit_flashes.xml", 'tests="2" failures="0"'),
    ("e2e", "lampd-test-report", "report.md", "- build: registry.gullrock.example/lampd/lampd:main-debug"),
    ("e2e", "lampd-test-report", "report.md", "- tower: 42 m"),
    ("e2e", "lampd-gather-weather", "weather.txt", "clear sky"),
    ("e2e", "lampd-tide-gauge", "tide.csv", "reading,level_cm\n0,0\n1,20\n"),
    ("e2e-occulting", "lampd-test-flashes", "junit_flashes.xml", 'tests="2" failures="2"'),
    ("e2e-occulting", "lampd-gather-logbook", "logbook.txt", "kindled the lamp with paraffin"),
    ("e2e-fog", "forecast", "forecast.txt", "fog, dense"),
    ("e2e-fog", "lampd-test-fog", "sightings.txt", "still dense fog"),
    ("e2e-fog", "lampd-gather-logbook", "logbook.txt", "Iso R 4s"),
]

wrong = []


def check(what, seen, expected):
    if seen != expected:
        wrong.append(f"{what}: {seen!r} instead of {expected!r}")


def find_runs(directory):
    runs = {}
    for path in sorted((directory / "state/runs").glob("*/run.json")):
        record = json.loads(path.read_text())
        runs[record["run"]["job"].removeprefix(TEST_ID)] = (path.parent, record)
    return runs


def check_run(name, record):
    exit_code, result, statuses = EXPECTED[name]
    check(f"{name}: complete", record["complete"], True)
    check(f"{name}: exit code", record["exit_code"], exit_code)
    check(f"{name}: result", record["result"], result)
    check(f"{name}: cleanup", record["cleanup"], "clean")
    check(f"{name}: steps", {step["step"]: step["status"] for step in record["steps"]}, statuses)
    check(f"{name}: leases", sorted(lease["env"] for lease in record["leases"]), ["HEADLAND", "LEASED_RESOURCE"])
    for lease in record["leases"]:
        check(f"{name}: {lease['env']} is released", lease["released"] is not None, True)


def check_causes(runs):
    def cause(test, step):
        return next(s["cause"] for s in runs[test][1]["steps"] if s["step"] == step)

    check("the aurora watch is cut short", cause("e2e", "lampd-test-aurora"), "step_timeout")
    check("the inverted light is seen", cause("e2e-occulting", "lampd-test-flashes"), "exit_nonzero")
    check("the fog is given up by silence", cause("e2e-fog", "lampd-test-fog"), "idle_timeout")


def check_artifact(run, test, step, name, text):
    paths = [*run.glob(f"artifacts/{test}/{step}/artifacts/{name}"), *run.glob(f"observers/{step}/artifacts/{name}")]
    check(f"{test}: {step} left {name}", len(paths), 1)
    if paths and text not in paths[0].read_text():
        wrong.append(f"{paths[0]}: does not contain {text!r}: {paths[0].read_text()!r}")


def main():
    demo, programs = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="demo-") as temporary:
        directory = pathlib.Path(temporary) / "demo"
        environment = dict(os.environ, STEPREG_BIN=programs)
        done = subprocess.run(
            [demo, str(directory)], env=environment, stdin=subprocess.DEVNULL, capture_output=True,
            encoding="utf-8", errors="replace", timeout=150,
        )
        check("exit code of the demo", done.returncode, 0)
        check("last line", done.stdout.splitlines()[-1:], ["everything came out as expected"])
        runs = find_runs(directory)
        check("runs", sorted(runs), sorted(EXPECTED))
        if not wrong:
            for name, (_, record) in runs.items():
                check_run(name, record)
            check_causes(runs)
            for test, step, name, text in ARTIFACTS:
                check_artifact(runs[test][0], test, step, name, text)
        check("what is left of the towers", list((directory / "tmp").rglob("*")), [])
    if wrong:
        print(done.stdout, done.stderr, *wrong, sep="\n")
    print(f"{len(wrong)} things are not as expected")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
