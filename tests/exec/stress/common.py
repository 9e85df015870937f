"""Shared by the stress scripts: plans, starting runs, and what must hold afterwards."""
import argparse, collections, concurrent.futures, glob, json, os, random, shutil, subprocess, sys, tempfile, threading
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from invariants import (cleanup_problems, journal_of, lease_problems, processes_of, read_run,
                        run_problems)

PATIENCE = 60  # seconds, for something that must happen


def arguments(about, count, **more):
    """--count, --jobs, --seed and --steprun, and what a script adds."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--steprun", default=os.environ.get("STEPRUN", "steprun"))
    parser.add_argument("--count", type=int, default=count, help=f"runs (default {count})")
    parser.add_argument("--jobs", type=int, default=2, help="runs at the same time (default 2)")
    parser.add_argument("--seed", type=int, default=1, help="of the random choices (default 1)")
    parser.add_argument("--scratch", default=None, help="where runs are kept while they go on")
    for name, value in more.items():
        parser.add_argument("--" + name, type=type(value), default=value)
    return parser.parse_args()


def step(phase, name, text, **fields):
    """A step that leaves a line with its name whenever its script runs."""
    out = {"phase": phase, "name": name,
           "script": {"text": f'echo {name} >> "$T/attempts"; {text}'}}
    if phase == "post":
        out["kind"] = "cleanup"
    out.update(fields)
    return out


def plan(steps, leases=(), machine=None, job=None):
    return {"format": "stepreg.plan", "version": "1.0",
            "job": {"id": "stress", "test": "e2e", **(job or {})},
            "machine": {"pass_env": ["T", "STEPRUN"], **(machine or {})},
            "leases": [{"resource_type": t, "env": f"LEASE_{t.upper()}"} for t in leases],
            "steps": steps}


class Scratch:
    """A directory for one run: its plan, its state root, and what its steps leave."""

    def __init__(self, options, the_plan, state=None):
        self.path = tempfile.mkdtemp(prefix="steprun-stress-", dir=options.scratch)
        self.state = state or self.path + "/state"
        self.program = options.steprun
        self.env = dict(os.environ, T=self.path, STEPRUN=options.steprun,
                        STEPRUN_STATE=self.state)
        self.env.pop("STEPRUN_RUN_ID", None)
        json.dump(the_plan, open(self.path + "/plan.json", "w"))

    def start(self, *more):
        self.output = open(self.path + "/output", "wb")
        return subprocess.Popen([self.program, "run", "-q", self.path + "/plan.json", *more],
                                cwd=self.path, env=self.env, stdin=subprocess.DEVNULL,
                                stdout=self.output, stderr=subprocess.STDOUT)

    def command(self, *words):
        return subprocess.run([self.program, *words], cwd=self.path, env=self.env,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              errors="replace")

    def runs(self):
        return sorted(glob.glob(self.state + "/runs/[0-9]*"))

    def attempts(self):
        try:
            return collections.Counter(open(self.path + "/attempts").read().split())
        except OSError:
            return collections.Counter()

    def wait_for_run(self):
        """Until the run directory is there, or nothing can be waited for any more."""
        end = time.monotonic() + PATIENCE
        while not self.runs() and time.monotonic() < end:
            time.sleep(0.002)

    def resume_dead(self, run_dir):
        """What a person or `sweep` would do when executor and guardian are gone."""
        end = time.monotonic() + PATIENCE
        while not os.path.exists(run_dir + "/RUN_COMPLETE") and time.monotonic() < end:
            if self.command("resume", "--cleanup-only", run_dir).returncode == 2:
                time.sleep(0.02)

    def problems(self, run_dir):
        """Everything that must hold after one complete run."""
        run = read_run(run_dir)
        if not os.path.exists(run_dir + "/RUN_COMPLETE") or not run or not run["complete"]:
            return ["the run is not complete"], run
        found = run_problems(run_dir, run) + cleanup_problems(run_dir, run, self.attempts())
        return found + lease_problems(self.state), run

    def remove(self):
        shutil.rmtree(self.path, ignore_errors=True)


class Tally:
    """Counts what happened, and ends the script: 0 when nothing was lost."""

    def __init__(self, name):
        self.name, self.lock = name, threading.Lock()
        self.counts, self.failures = collections.Counter(), []
        self.begin = time.monotonic()

    def add(self, scratch, problems, *keys):
        with self.lock:
            self.counts["runs"] += 1
            self.counts.update(keys)
            if problems:
                self.failures.append(scratch.path)
                print(f"{scratch.path}: " + "; ".join(problems), flush=True)
            else:
                scratch.remove()

    def end(self):
        seconds = time.monotonic() - self.begin
        said = ", ".join(f"{value} {key}" for key, value in sorted(self.counts.items()))
        print(f"{self.name}: {said}; {len(self.failures)} failures; {seconds:.0f} s", flush=True)
        sys.exit(1 if self.failures or not self.counts["runs"] else 0)


def in_parallel(options, work):
    """work(i, random generator) for each i below the count; the same choices for the same seed."""
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for done in [pool.submit(work, i, random.Random(f"{options.seed}/{i}"))
                     for i in range(options.count)]:
            done.result()  # a mistake of the script ends it
