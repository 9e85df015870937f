#!/usr/bin/env python3
"""What is printed as YAML reads back as what is printed as JSON, by a reader that is not ours.

usage: check_yaml.py STEPREG PROJECT
"""
import json
import subprocess
import sys
import tempfile

try:
    import yaml
except ImportError:
    print("skipped: python3-yaml is not installed")
    sys.exit(77)

# Values that a careless writer of YAML turns into something else.
VALUES = [
    "", " ", "yes", "No", "~", "null", "1", "017", "0x1f", "1.10", "1e3", "1_000", "12:30:45",
    "2021-02-03", "- a", "a: b", "a:", "a #b", "#b", "'", '"', "\\", "a\\nb", "a\nb", "a\nb\n",
    "a\nb\n\n", "\na", " a\nb", "a\n b", "a\n  \nb", "a\n ", "\ta", "a\tb\nc", "a ", "[a]", "{a}",
    "*a", "&a", "!a", "%a", "@a", "`a", "|", ">", "?", "=", "<<", ".inf", "é", "a\u0085b", "a\u2028b",
    "\ufeffa", "\U0001f600", "a\u007fb", "---", "...", "a, b", "a:b", "http://x/y?z=1#f", "-", "+1",
    "true", "Off", "x" * 300, "line one\n\n\nline four",
]


def run(stepreg, words):
    return subprocess.run([stepreg, *words], stdout=subprocess.PIPE, check=True).stdout


def main():
    stepreg, project = sys.argv[1:3]
    here = f"{project}/tests/query"
    failures = 0
    with tempfile.TemporaryDirectory() as tree:
        registry = f"{tree}/step-registry"
        subprocess.run(["cp", "-r", f"{here}/registry", registry], check=True)
        env = {f"V{index}": value for index, value in enumerate(VALUES)}
        parameters = [{"name": name, "default": value} for name, value in env.items()]
        step = {"as": "odd", "from": "cli", "commands": "odd-commands.sh",
                "resources": {"requests": {"cpu": "1"}}, "env": parameters}
        subprocess.run(["mkdir", f"{registry}/odd"], check=True)
        with open(f"{registry}/odd/odd-ref.yaml", "w") as file:
            # YAML has no DEL and no halves of characters, and NEL is a line break: only these stay
            # escaped.
            text = json.dumps({"ref": step}, ensure_ascii=False)
            file.write(text.replace("\x7f", "\\u007f").replace("\x85", "\\u0085"))
        with open(f"{registry}/odd/odd-commands.sh", "w") as file:
            file.write("echo\n")
        with open(f"{registry}/odd/odd-chain.yaml", "w") as file:
            json.dump({"chain": {"as": "odd", "steps": [{"ref": "odd"}]}}, file)
        trees = ["--registry", registry, "--configs", f"{here}/config"]
        for words in (["resolve", "chain/odd"], ["show", "odd"], ["explain", "acme/shop@main:e2e", "SIZE"],
                      ["uses", "SIZE"], ["graph", "workflow/deploy"], ["list", "tests"]):
            known = json.loads(run(stepreg, [*words, "-o", "json", *trees]))
            ours = yaml.safe_load(run(stepreg, [*words, "-o", "yaml", *trees]))
            if known != ours:
                print(f"{' '.join(words)}: the two forms differ")
                failures += 1
        plan = json.loads(run(stepreg, ["resolve", "chain/odd", "-o", "json", *trees]))
        for variable in plan["steps"][0]["env"]:
            if variable["value"] != env[variable["name"]]:
                print(f"{variable['name']}: {env[variable['name']]!r} became {variable['value']!r}")
                failures += 1
    print(f"{len(VALUES)} values, {failures} failures")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
