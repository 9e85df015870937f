"""What holds after every run, whatever happened to it (execution.md 2.13)."""
import glob, json, os, xml.etree.ElementTree as xml


def processes_of(run_id):
    """Living processes with that run in their environment."""
    entry = ("STEPRUN_RUN_ID=" + run_id).encode()
    found = []
    for path in glob.glob("/proc/[0-9]*/environ"):
        try:
            if entry in open(path, "rb").read().split(b"\0"):
                found.append(path.split("/")[2])
        except OSError:
            pass
    return found


def read_run(run_dir):
    """run.json, or None."""
    try:
        return json.load(open(run_dir + "/run.json"))
    except (OSError, ValueError):
        return None


def run_problems(run_dir, run):
    """No process is left; the results of a complete run are valid and have every step once (G10)."""
    problems = []

    def check(ok, text):
        if not ok:
            problems.append(text)

    left = processes_of(os.path.basename(run_dir))
    check(not left, f"processes are left: {left}")
    if not run or not run["complete"]:
        return problems
    plan = json.load(open(run_dir + "/plan.json"))
    names = [step["name"] for step in plan["steps"]]
    check([s["step"] for s in run["steps"]] == names, "not every step is in the results once")
    listed = []
    for name in ("passed", "failed", "skipped"):
        listed += open(f"{run_dir}/{name}_testcases.txt").read().split()
    check(sorted(listed) == sorted(f'{s["phase"]}/{s["step"]}' for s in run["steps"]),
          f"lists: {sorted(listed)}")
    for step in run["steps"]:
        check(step["status"] in ("PASS", "FAIL", "SKIPPED"), f"{step['step']}: {step['status']}")
        check(step["status"] == "PASS" or (step["cause"] and step["reason"]),
              f"{step['step']}: {step['status']} without cause and reason")
    cases = [c.get("name") for s in xml.parse(run_dir + "/junit_steps.xml").getroot()
             for c in s if s.get("name") in ("pre", "test", "post")]
    check(sorted(cases) == sorted(names), f"junit_steps.xml: {cases}")
    xml.parse(run_dir + "/junit_operator.xml")
    json.load(open(run_dir + "/timeouts.json"))
    check(not os.path.lexists(run_dir + "/credentials"), "credentials are left")
    check(json.load(open(run_dir + "/leases.json"))["leases"] == []
          if os.path.exists(run_dir + "/leases.json") else True, "leases.json lists leases")
    return problems


def lease_problems(state):
    """Every lease is free."""
    problems = []
    for path in glob.glob(state + "/leases/*/*.json"):
        record = json.load(open(path))
        if "state" in record and record["state"] != "free":
            problems.append(f"{path}: {record}")
    return problems


def journal_of(run_dir):
    records = []
    for line in open(run_dir + "/journal.jsonl", errors="replace"):
        try:
            records.append(json.loads(line))
        except ValueError:
            pass  # torn by a death or a full disk
    return records


def cleanup_problems(run_dir, run, attempts):
    """Every cleanup step that applied was attempted exactly once: once more only when the executor
    died before its success was recorded (M091). `attempts`: how often each step's script ran; a
    third signal may end a script before its first line (M053)."""
    problems = []
    intents, passed, deaths = {}, set(), 0
    for record in journal_of(run_dir):
        n = record.get("n")
        if record["kind"] == "step_intent":
            if n in passed:
                problems.append(f"step {n} was repeated after its success was recorded")
            intents[n] = intents.get(n, 0) + 1
        elif record["kind"] == "step_ended" and record["step"]["status"] == "PASS":
            passed.add(record["step"]["n"])
        elif record["kind"] == "resumed":
            deaths += 1
    for step in run["steps"]:
        if step["kind"] != "cleanup":
            continue
        ran = attempts.get(step["step"], 0)
        tried = intents.get(step["n"], 0)
        if step["status"] == "SKIPPED":
            if run["cleanup"] != "not_needed" and step["cause"] not in ("not_needed", "not_selected"):
                problems.append(f"cleanup step {step['step']} was skipped: {step['cause']}")
            if ran:
                problems.append(f"cleanup step {step['step']} ran {ran} times and counts as skipped")
        elif ran > tried or tried > 1 + deaths or (ran == 0 and not step["signal"]):
            problems.append(f"cleanup step {step['step']}: {ran} attempts, {tried} intents, "
                            f"{deaths} deaths")
    if run["cleanup"] == "not_needed" and any(s["started"] for s in run["steps"]):
        problems.append("steps were started, but no cleanup was needed")
    return problems
