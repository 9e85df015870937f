"""A registry and its configurations as a git repository that may be changed, and random edits of it."""
import functools
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys

NAME = "openshift-release-2021-02"
REGISTRY, CONFIGS = "step-registry", "config"


def restore_links(root):
    """Links that were stored as files whose text is their target become links again."""
    for directory, _, names in os.walk(root):
        for name in names:
            path = os.path.join(directory, name)
            if "-commands" not in name or os.path.getsize(path) > 300:
                continue
            with open(path, errors="replace") as file:
                text = file.read().strip()
            if text.startswith("../") and "\n" not in text and os.path.isfile(os.path.join(directory, text)):
                os.remove(path)
                os.symlink(text, path)


def git(tree, *arguments, check=True):
    command = ["git", "-C", tree, "-c", "user.name=test", "-c", "user.email=test@localhost",
               "-c", "commit.gpgsign=false", "-c", "core.autocrlf=false", *arguments]
    return subprocess.run(command, check=check, capture_output=True, text=True).stdout


def found(source):
    """The folder with the registry and configurations; where there is none, the check is skipped."""
    if os.path.isdir(f"{source}/{NAME}"):
        source = f"{source}/{NAME}"
    if not os.path.isdir(source):
        print(f"skipped: nothing at {source}")
        sys.exit(77)
    return source


def make_repository(source, tree, configs=None):
    """Copies a folder with a registry and configurations and commits it; at most `configs` of the
    configurations, spread over the whole. A folder that has the corpus in it stands for that."""
    source = found(source)
    shutil.copytree(source, tree, symlinks=True, ignore=shutil.ignore_patterns("config", "artifacts"))
    paths = sorted(os.path.relpath(os.path.join(directory, name), source)
                   for directory, _, names in os.walk(f"{source}/{CONFIGS}") for name in names)
    stride = max(1, len(paths) // configs) if configs else 1
    for path in paths[::stride]:
        os.makedirs(os.path.dirname(f"{tree}/{path}"), exist_ok=True)
        shutil.copyfile(f"{source}/{path}", f"{tree}/{path}")
    subprocess.run(["chmod", "-R", "u+w", tree], check=True)
    restore_links(f"{tree}/{REGISTRY}")
    if not os.path.exists(f"{tree}/.stepreg.yaml"):
        with open(f"{tree}/.stepreg.yaml", "w") as file:
            file.write(f"registry: {REGISTRY}\nconfigs: {CONFIGS}\nrun:\n  timeouts:\n    grace: 20s\n")
    git(tree, "init", "-q", "-b", "main")
    git(tree, "add", "-A", "-f")
    git(tree, "commit", "-q", "-m", "start")


def only_effect(value):
    """A plan without what merely explains it."""
    if isinstance(value, list):
        return [only_effect(each) for each in value]
    if not isinstance(value, dict):
        return value
    explains = ("origin", "overridden", "dropped", "digest", "rule")
    return {key: only_effect(each) for key, each in value.items() if key not in explains}


@functools.lru_cache(maxsize=20_000)
def effect(line):
    """-> (id, effect) of a plan; most lines are the same from run to run."""
    plan = only_effect(json.loads(line))
    text = json.dumps(plan, sort_keys=True)
    return plan["job"]["id"], hashlib.sha256(text.encode()).digest()


def plans(stepreg, tree, jobs=2):
    """Effect of every test, by id and file: a run of its own over the whole tree. -> {id: [effect, ...]}"""
    command = [stepreg, "resolve", "--all", "-o", "jsonl", "-j", str(jobs)]
    found = {}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=tree) as process:
        for line in process.stdout:
            test, its = effect(line)
            found.setdefault(test, []).append(its)
    if process.returncode not in (0, 1):
        print(f"stepreg resolve ended with exit code {process.returncode}")
        sys.exit(1)
    return {test: sorted(effects) for test, effects in found.items()}


def files(tree, suffix, below=REGISTRY):
    return sorted(os.path.join(directory, name) for directory, _, names in os.walk(f"{tree}/{below}")
                  for name in names if name.endswith(suffix))


def read(path):
    with open(path, newline="") as file:
        return file.read()


def write(path, text):
    if os.path.islink(path):
        path = os.path.realpath(path)
    with open(path, "w", newline="") as file:
        file.write(text)


def name_of(path):
    return re.sub(r"-(ref|chain|workflow|observer)\.yaml$", "", os.path.basename(path))


class Editor:
    """Random edits of a work tree; each returns what it did, or None when it found nothing to do."""

    def __init__(self, tree, random):
        self.tree, self.random, self.count = tree, random, 0

    def edit(self):
        kinds = [self.script, self.script_comment, self.default, self.default, self.chain_order, self.chain_drop,
                 self.comment, self.comment, self.documentation, self.image, self.timeout, self.rename_step,
                 self.config_value, self.config_comment, self.config_workflow, self.config_delete, self.config_move,
                 self.workflow_env, self.delete_component, self.profile, self.settings, self.break_yaml,
                 self.literal_step, self.touch]
        while True:
            self.count += 1
            kind = self.random.choice(kinds)
            done = kind()
            if done:
                return f"{kind.__name__} {os.path.relpath(done, self.tree)}"

    def pick(self, suffix, pattern=None, below=REGISTRY, tries=60):
        paths = files(self.tree, suffix, below)
        for _ in range(tries if paths else 0):
            path = self.random.choice(paths)
            text = read(path)
            if pattern is None or re.search(pattern, text, re.M):
                return path, text
        return None, None

    def replace_one(self, path, text, pattern, by):
        if path is None:
            return None
        match = self.random.choice(list(re.finditer(pattern, text, re.M)))
        new = match.expand(by) if isinstance(by, str) else by(match)
        write(path, text[:match.start()] + new + text[match.end():])
        return path

    def script(self):
        path, text = self.pick("-commands.sh")
        write(path, text + f"\necho edit {self.count}\n")
        return path

    def script_comment(self):  # still another script: its digest differs
        path, text = self.pick("-commands.sh")
        write(path, text + f"\n# edit {self.count}\n")
        return path

    def default(self):
        pattern = r"^( *)(default:) .*$"
        path, text = self.pick("-ref.yaml", pattern)
        return self.replace_one(path, text, pattern, rf'\1\2 "edit {self.count}"')

    def chain_order(self):
        pattern = r"^(  - (?:ref|chain): .*\n)(  - (?:ref|chain): .*\n)"
        path, text = self.pick("-chain.yaml", pattern)
        return self.replace_one(path, text, pattern, r"\2\1")

    def chain_drop(self):
        pattern = r"^  - (?:ref|chain): .*\n(?=  - )"
        path, text = self.pick("-chain.yaml", pattern)
        return self.replace_one(path, text, pattern, "")

    def comment(self):
        path, text = self.pick(self.random.choice(["-ref.yaml", "-chain.yaml", "-workflow.yaml"]))
        if path:
            write(path, f"# edit {self.count}\n\n" + text)
        return path

    def documentation(self):
        pattern = r"^( *documentation: [|>]?-?\n? *)"
        path, text = self.pick(self.random.choice(["-ref.yaml", "-workflow.yaml"]), pattern)
        return self.replace_one(path, text, r"^( *documentation: [|>]-?\n +)", rf"\1Edit {self.count}. ") if (
            path and re.search(r"^ *documentation: [|>]-?\n +", text, re.M)) else None

    def image(self):
        pattern = r"^  from: .*$"
        path, text = self.pick("-ref.yaml", pattern)
        return self.replace_one(path, text, pattern, f"  from: image-{self.count}")

    def timeout(self):
        path, text = self.pick("-ref.yaml", r"^  from: ")
        if path is None or "timeout:" in text:
            return None
        return self.replace_one(path, text, r"^  from: ", f"  timeout: {self.random.choice(['2h', '1h30m'])}\n  from: ")

    def rename_step(self):
        """By hand: folder, files and `as`; references follow or, one time in three, do not."""
        path, text = self.pick("-ref.yaml")
        if path is None:
            return None
        old, directory = name_of(path), os.path.dirname(path)
        if any(name for name in os.listdir(directory) if not name.startswith(old)) or any(
                os.path.isdir(f"{directory}/{name}") for name in os.listdir(directory)):
            return None
        others = [name for name in os.listdir(directory) if re.search(r"-(chain|workflow|observer)\.yaml$", name)]
        if others:
            return None
        new_directory = f"{directory}x{self.count}"
        new = old + f"x{self.count}"
        if new != os.path.relpath(new_directory, f"{self.tree}/{REGISTRY}").replace("/", "-"):
            return None
        os.rename(directory, new_directory)
        for name in os.listdir(new_directory):
            if name.startswith(old):
                os.rename(f"{new_directory}/{name}", f"{new_directory}/{new}{name[len(old):]}")
        path = f"{new_directory}/{new}-ref.yaml"
        write(path, text.replace(f"as: {old}", f"as: {new}").replace(f"commands: {old}-", f"commands: {new}-"))
        if self.random.random() < 0.67:
            for below, suffix in ((REGISTRY, ".yaml"), (CONFIGS, ".yaml")):
                for other in files(self.tree, suffix, below):
                    body = read(other)
                    changed = re.sub(rf"(ref: ){re.escape(old)}$", rf"\g<1>{new}", body, flags=re.M)
                    if changed != body:
                        write(other, changed)
        return path

    def config_value(self):
        pattern = r"^( +)(CLUSTER_TYPE|BASE_DOMAIN|TEST_TYPE|[A-Z_]{4,}): (.*)$"
        path, text = self.pick(".yaml", pattern, CONFIGS, 400)
        return self.replace_one(path, text, pattern, rf'\1\2: "edit {self.count}"')

    def config_comment(self):
        path, text = self.pick(".yaml", None, CONFIGS)
        write(path, f"# edit {self.count}\n" + text)
        return path

    def config_workflow(self):
        pattern = r"^( +workflow: ).*$"
        path, text = self.pick(".yaml", pattern, CONFIGS, 400)
        other = name_of(self.random.choice(files(self.tree, "-workflow.yaml")))
        return self.replace_one(path, text, pattern, rf"\g<1>{other}")

    def config_delete(self):
        path, _ = self.pick(".yaml", r"^    workflow: ", CONFIGS, 400)
        if path is None or len(files(self.tree, ".yaml", CONFIGS)) == 1:
            return None
        os.remove(path)
        return path

    def config_move(self):
        """To another path under the same identity, or, without metadata, under another."""
        path, _ = self.pick(".yaml", r"^    workflow: ", CONFIGS, 400)
        if path is None:
            return None
        new = path[:-len(".yaml")] + f"moved{self.count}.yaml"
        os.rename(path, new)
        return new

    def workflow_env(self):
        pattern = r"^( +)([A-Z_]{4,}): (.*)$"
        path, text = self.pick("-workflow.yaml", pattern)
        return self.replace_one(path, text, pattern, rf'\1\2: "edit {self.count}"')

    def delete_component(self):
        if self.random.random() < 0.7:
            return None
        suffix = self.random.choice(["-ref.yaml", "-chain.yaml", "-workflow.yaml"])
        if len(files(self.tree, suffix)) == 1:
            return None
        path, _ = self.pick(suffix)
        os.remove(path)
        return path

    def profile(self):
        path = f"{self.tree}/{REGISTRY}/cluster-profiles/cluster-profiles-config.yaml"
        if not os.path.exists(path) or self.random.random() < 0.5:
            return None
        text = read(path)
        pattern = r"^( *(?:- )?(?:lease_type|cluster_type): ).*$"
        if not re.search(pattern, text, re.M):
            return None
        return self.replace_one(path, text, pattern, rf"\g<1>edit-{self.count}")

    def settings(self):
        if self.random.random() < 0.8:
            return None
        path = f"{self.tree}/.stepreg.yaml"
        write(path, re.sub(r"grace: .*", f"grace: {20 + self.count}s", read(path)))
        return path

    def break_yaml(self):
        if self.random.random() < 0.8:
            return None
        path, text = self.pick(self.random.choice(["-ref.yaml", "-chain.yaml"]))
        write(path, text + "  \tbroken: [\n")
        return path

    def literal_step(self):
        path, text = self.pick(".yaml", r"^      commands: ", CONFIGS, 400)
        return self.replace_one(path, text, r"^      commands: ", f"      commands: echo {self.count}; ") if (
            path and re.search(r"^      commands: [a-z]", text, re.M)) else None

    def touch(self):
        path, _ = self.pick(".yaml", None, CONFIGS)
        os.utime(path, (1, 1))
        return path
