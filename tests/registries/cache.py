#!/usr/bin/env python3
"""With and without the caches the programs print the same bytes, whatever is done to the cache.

usage: cache.py STEPREG GENERATE"""
import glob
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time

stepreg, generate = sys.argv[1:3]
scratch = tempfile.TemporaryDirectory(prefix="stepreg-cache-")
tree, cache = f"{scratch.name}/tree", f"{scratch.name}/cache"
words = ["--registry", f"{tree}/step-registry", "--configs", f"{tree}/config"]
environment = {**os.environ, "XDG_CACHE_HOME": cache}
COMMANDS = [["lint", "--profile", "strict", "--shellcheck", "never", "-o", "jsonl"],
            ["resolve", "--all", "-o", "jsonl"], ["list", "tests", "-o", "json"]]
compared, problems = 0, []


def start(command, *more, **how):
    return subprocess.Popen([stepreg, *command, *words, *more], env=environment, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, **how)


def compare(situation, commands=COMMANDS, **how):
    """Without the cache, then twice with it: the first may have to make it."""
    global compared
    for command in commands:
        expected = start(command, "--no-cache").communicate()
        for turn in (1, 2):
            process = start(command, **how)
            compared += 1
            if process.communicate() != expected or process.returncode not in (0, 1):
                problems.append(f"{situation}: {command[0]} differs in turn {turn}, exit {process.returncode}")


def caches():
    return sorted(glob.glob(f"{cache}/stepreg/*/*"))


def files():
    return sorted(glob.glob(f"{tree}/**/*.yaml", recursive=True))


def damage(path, dice):
    with open(path, "r+b") as file:
        size = os.path.getsize(path)
        kind = dice.choice(["cut", "flip", "zero", "foreign"])
        file.seek(dice.randrange(size))
        if kind == "cut":
            file.truncate()
        elif kind == "flip":
            byte = file.read(1)
            file.seek(-1, os.SEEK_CUR)
            file.write(bytes([byte[0] ^ (1 << dice.randrange(8))]))
        elif kind == "zero":
            file.write(bytes(min(4096, size)))
        else:
            file.seek(0)
            file.write(os.urandom(4096))


def no_space():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))


def main():
    dice = random.Random(5)
    subprocess.run([generate, "--seed", "3", "--size", "0.06", tree], check=True, stdout=subprocess.DEVNULL)
    compare("files changed a moment ago")
    old = time.time() - 3600
    for path in files():
        os.utime(path, (old, old))
    time.sleep(2.1)  # until the times of change are old enough to be believed
    compare("fresh")
    if len(caches()) != 4:  # documents of both trees, outcomes of configurations and of scripts
        problems.append(f"four caches expected, not {caches()}")
    for path in dice.sample(files(), 10):
        open(path, "a").write("# a comment\n")
    compare("ten files changed")
    path = dice.choice(files())
    text = open(path).read()
    times = os.stat(path)
    open(path, "w").write(text.replace("e", "a", 1))  # as long as before, and the time set back
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    compare("a file changed with its time set back")
    os.remove(dice.choice(glob.glob(f"{tree}/config/**/*.yaml", recursive=True)))
    compare("a file gone")
    for _ in range(8):
        for each in caches():
            damage(each, dice)
        compare("damaged", COMMANDS[:1])
    for each in caches():
        os.remove(each)
        os.mkdir(each)
    compare("a directory in its place", COMMANDS[:1])
    subprocess.run([stepreg, "cache", "clean"], env=environment, check=True)
    if os.path.exists(f"{cache}/stepreg"):
        problems.append("`cache clean` has left something")
    compare("no space", COMMANDS[:1], preexec_fn=no_space)
    left = [each for each in caches() if os.path.basename(os.path.dirname(each)) == "documents"]
    if left:  # the outcomes of the scripts are so few that they fit
        problems.append(f"no space: {left} should not be there")
    expected = start(COMMANDS[0], "--no-cache").communicate()
    for process in [start(COMMANDS[0]) for _ in range(5)]:
        if process.communicate() != expected:
            problems.append("several at once: they differ")
    for _ in range(10):
        subprocess.run([stepreg, "cache", "clean"], env=environment, check=True)
        process = start(COMMANDS[0])
        time.sleep(dice.uniform(0, 0.5))
        process.kill()
        process.communicate()
    compare("writers killed", COMMANDS[:1])
    for directory in ("documents", "outcomes"):
        os.chmod(f"{cache}/stepreg/{directory}", 0o500)
    compare("a directory that cannot be written", COMMANDS[:1])
    for directory in ("documents", "outcomes"):
        os.chmod(f"{cache}/stepreg/{directory}", 0o700)
    environment["XDG_CACHE_HOME"] = "/proc/no/such"
    compare("no cache directory", COMMANDS[:1])
    print(f"{compared} outputs compared, {len(problems)} problems", *problems, sep="\n")
    sys.exit(1 if problems else 0)


main()
