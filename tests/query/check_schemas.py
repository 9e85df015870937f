#!/usr/bin/env python3
"""Checks real outputs against the schemas in schemas/, with a validator that is not ours.

usage: check_schemas.py STEPREG PROJECT
"""
import json
import os
import subprocess
import sys
import tempfile

try:
    import jsonschema
except ImportError:
    print("skipped: python3-jsonschema is not installed")
    sys.exit(77)

TEST = "acme/shop@main:e2e"
OUTPUTS = [
    ("plan", ["resolve", TEST, "-o", "json"]),
    ("plan", ["resolve", "workflow/deploy", "-o", "json"]),
    ("plans", ["resolve", "--all", "-o", "json"]),
    ("plans", ["resolve", "nobody/*", "-o", "json"]),
    ("explanation", ["explain", TEST, "SIZE", "-o", "json"]),
    ("explanation", ["explain", TEST, "METAL", "-o", "json"]),
    ("explanation", ["explain", TEST, "--step", "boot", "-o", "json"]),
    ("explanation", ["explain", TEST, "--step", "gather-logs", "-o", "json"]),
    ("uses", ["uses", "ref/boot", "-o", "json"]),
    ("uses", ["uses", "SIZE", "-o", "json"]),
    ("graph", ["graph", "workflow/deploy", "-o", "json"]),
    ("graph", ["graph", TEST, "-o", "json"]),
    ("graph", ["graph", "--registry-wide", "-o", "json"]),
    ("list", ["list", "components", "-o", "json"]),
    ("list", ["list", "tests", "-o", "json"]),
    ("list", ["list", "tests", "nobody/*", "-o", "json"]),
    ("components", ["show", "install", "-o", "json"]),
    ("components", ["show", "ref/boot", "-o", "json"]),
]
BROKEN = [
    ("plan", ["resolve", "acme/shop@main:bad", "-o", "json"]),
    ("plans", ["resolve", "--all", "-o", "json"]),
    ("explanation", ["explain", "acme/shop@main:bad", "NEEDED", "-o", "json"]),
    ("uses", ["uses", "ref/a", "-o", "json"]),
    ("uses", ["uses", "NEEDED", "-o", "json"]),
    ("graph", ["graph", "--registry-wide", "-o", "json"]),
    ("list", ["list", "tests", "-o", "json"]),
    ("components", ["show", "b", "-o", "json"]),
]
ENVELOPES_THAT_SAY_PARTIAL = {"plans", "uses", "graph", "list", "explanation"}


def load_schemas(folder):
    schemas = {}
    for name in sorted(os.listdir(folder)):
        with open(f"{folder}/{name}") as file:
            schemas[name] = json.load(file)
        jsonschema.Draft7Validator.check_schema(schemas[name])
    return schemas


def check(stepreg, schemas, registry, configs, outputs, partial):
    failures = 0
    for name, words in outputs:
        command = [stepreg, *words, "--registry", registry, "--configs", configs]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        schema = schemas[f"stepreg.{name}.schema.json"]
        resolver = jsonschema.RefResolver(base_uri="", referrer=schema, store=schemas)
        validator = jsonschema.Draft7Validator(schema, resolver=resolver)
        try:
            document = json.loads(done.stdout)
        except ValueError as error:
            print(f"{' '.join(words)}: no JSON: {error}")
            failures += 1
            continue
        for error in validator.iter_errors(document):
            print(f"{' '.join(words)}: {'/'.join(map(str, error.absolute_path))}: {error.message}")
            failures += 1
        if name in ENVELOPES_THAT_SAY_PARTIAL and document["partial"] != partial:
            print(f"{' '.join(words)}: partial is {document['partial']}")
            failures += 1
    return failures


def check_stats(stepreg, schemas, here):
    with tempfile.TemporaryDirectory() as folder:
        file = f"{folder}/stats.json"
        subprocess.run([stepreg, "resolve", TEST, "--registry", f"{here}/registry", "--configs", f"{here}/config",
                        "--stats-file", file], stdout=subprocess.DEVNULL, check=True)
        with open(file) as text:
            errors = list(jsonschema.Draft7Validator(schemas["stepreg.stats.schema.json"]).iter_errors(json.load(text)))
    for error in errors:
        print(f"--stats-file: {error.message}")
    return len(errors)


def main():
    stepreg, project = sys.argv[1:3]
    here = f"{project}/tests/query"
    schemas = load_schemas(f"{project}/schemas")
    failures = check(stepreg, schemas, f"{here}/registry", f"{here}/config", OUTPUTS, False)
    failures += check_stats(stepreg, schemas, here)
    tree = f"{here}/broken"
    failures += check(stepreg, schemas, f"{tree}/step-registry", f"{tree}/config", BROKEN, True)
    print(f"{len(OUTPUTS) + len(BROKEN)} outputs checked, {failures} failures")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
