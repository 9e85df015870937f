#!/usr/bin/env python3
"""Compares what stepreg resolves with what the field's own tool resolved.

usage: agree.py STEPREG CORPUS [OUTPUT_FORMAT]

Prints the number of tests compared and the first differences; exits 1 if there is one, 77 without a corpus.
OUTPUT_FORMAT is jsonl (default) or yaml: the same plans, read back from another form.
"""
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile

from tree import NAME, restore_links

SHOWN = 10


def go_duration(seconds):
    hours, rest = divmod(int(seconds), 3600)
    minutes, rest = divmod(rest, 60)
    if hours:
        return f"{hours}h{minutes}m{rest}s"
    return f"{minutes}m{rest}s" if minutes else f"{rest}s"


def lease_text(lease):
    return f"{lease['env']}={lease['resource_type']}*{lease.get('count', 1)}"


def one_for_none(text):
    """A count that was not given is 0 in the known answers, and means 1."""
    return text[:-2] + "*1" if text.endswith("*0") else text


def step_of_plan(step):
    result = {"phase": step["phase"], "as": step["name"], "commands_sha256": step["script"]["sha256"][:16]}
    env = {variable["name"]: variable["value"] for variable in step.get("env", [])}
    image = step.get("image", {})
    dependencies = {d["env"]: d["image"] for d in step.get("dependencies", [])}
    for key, value in (
        ("env", env),
        ("from", image.get("from")),
        ("from_image", image.get("from_image")),
        ("cli", step.get("cli")),
        ("dependencies", dependencies),
        ("leases", [lease_text(lease) for lease in step.get("leases", [])]),
        ("requests", step.get("resources", {}).get("requests")),
        ("best_effort", step.get("best_effort")),
        ("optional_on_success", step.get("optional_on_success")),
    ):
        if value:
            result[key] = value
    for key, limit in (("timeout", step["timeout"]), ("grace_period", step["grace"])):
        if limit["rule"] == "step":
            result[key] = go_duration(limit["seconds"])
    return result


def test_of_plan(plan):
    job = plan["job"]
    result = {"file": job["origin"]["file"], "test": job["test"]}
    profile = job.get("cluster_profile")
    for key, value in (
        ("cluster_profile", profile and profile["name"]),
        ("allow_skip_on_success", job.get("allow_skip_on_success")),
        ("allow_best_effort_post_steps", job.get("allow_best_effort_post_steps")),
        ("leases", [lease_text(lease) for lease in plan.get("leases", [])]),
        ("observers", [observer["name"] for observer in plan.get("observers", [])]),
    ):
        if value:
            result[key] = value
    result["steps"] = [step_of_plan(step) for step in plan["steps"]]
    return result


def expected_test(line):
    test = json.loads(line)
    if "leases" in test:
        test["leases"] = [one_for_none(lease) for lease in test["leases"]]
    for step in test["steps"]:
        if "leases" in step:
            step["leases"] = [one_for_none(lease) for lease in step["leases"]]
        for flag in ("best_effort", "optional_on_success"):
            if step.get(flag) is False:
                del step[flag]
    for flag in ("allow_skip_on_success", "allow_best_effort_post_steps"):
        if test.get(flag) is False:
            del test[flag]
    return test


def plans(stepreg, tree, output_format):
    command = [stepreg, "resolve", "--all", "-o", output_format, "--registry", f"{tree}/step-registry",
               "--configs", f"{tree}/config"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        if output_format == "jsonl":
            for line in process.stdout:
                yield json.loads(line)
        else:
            import yaml  # Debian: python3-yaml
            yield from yaml.load_all(process.stdout, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    if process.returncode != 0:
        print(f"stepreg resolve ended with exit code {process.returncode}")
        sys.exit(1)


def difference(known, ours):
    for key in sorted(set(known) | set(ours)):
        if known.get(key) == ours.get(key):
            continue
        if key != "steps":
            return f"{key}: expected {known.get(key)}, got {ours.get(key)}"
        names = [s["as"] for s in known["steps"]], [s["as"] for s in ours["steps"]]
        if names[0] != names[1]:
            return f"steps: expected {names[0]}, got {names[1]}"
        for a, b in zip(known["steps"], ours["steps"]):
            for field in sorted(set(a) | set(b)):
                if a.get(field) != b.get(field):
                    return f"step {a['as']}: {field}: expected {a.get(field)}, got {b.get(field)}"
    return None


def main():
    stepreg, corpus = sys.argv[1:3]
    output_format = sys.argv[3] if len(sys.argv) > 3 else "jsonl"
    if not os.path.isdir(f"{corpus}/{NAME}"):
        print(f"skipped: no corpus at {corpus}")
        sys.exit(77)
    known = {}
    with gzip.open(f"{corpus}/{NAME}.expected.jsonl.gz", "rt") as file:
        for line in file:
            test = expected_test(line)
            known[test["file"], test["test"]] = test
    differences, compared = [], 0
    with tempfile.TemporaryDirectory() as directory:
        tree = f"{directory}/tree"
        shutil.copytree(f"{corpus}/{NAME}", tree)
        subprocess.run(["chmod", "-R", "u+w", tree], check=True)
        restore_links(f"{tree}/step-registry")
        for plan in plans(stepreg, tree, output_format):
            ours = test_of_plan(plan)
            key = ours["file"], ours["test"]
            expected = known.pop(key, None)
            compared += 1
            what = "is not expected" if expected is None else difference(expected, ours)
            if what:
                differences.append(f"{key[0]} {key[1]}: {what}")
    differences += [f"{file} {test}: missing" for file, test in known]
    print(f"{compared} tests compared, {len(differences)} differ")
    for line in differences[:SHOWN]:
        print(f"  {line}")
    sys.exit(1 if differences or compared == 0 else 0)


if __name__ == "__main__":
    main()
