#include "exec/resume.h"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <thread>

#include "base/fs.h"
#include "base/sha256.h"
#include "base/text.h"
#include "exec/guardian.h"
#include "exec/plan_check.h"
#include "exec/script_command.h"
#include "exec/stages.h"
#include "exec/step_runner.h"

namespace stepreg::exec {

namespace {

void restore(Context& context, const Replay& replay) {
  context.record = replay.record;
  context.record.resumed = true;
  context.loop.restore_signals(replay.record.signals);
  if (replay.stop_latched_fast) context.stops.restore_latched(StopKind::fast);
  for (const StepRecord& step : replay.record.steps) {
    if (step.started) ++context.steps_started;
  }
}

void open_shared(Context& context, const Replay& replay) {
  auto shared = SharedDir::open(context.dir.shared());
  if (!shared) {
    context.warn(shared.error().text + "; cleanup gets an empty shared directory");
    shared = SharedDir::create(context.dir.shared() + "-resumed-" + std::to_string(::getpid()));
  }
  if (!shared) return context.warn(shared.error().text);
  context.shared = std::move(*shared);
  if (!replay.open_step) return;
  const StepRecord& step = replay.record.steps[*replay.open_step - 1];
  const plan::Step& planned = context.plan.steps[*replay.open_step - 1];
  if (planned.readonly_shared_dir || planned.no_kubeconfig) return;
  const std::string copy = join_path(context.dir.step(step.n, step.phase, step.name), kStepShared);
  const auto salvaged = context.shared->salvage(copy);
  if (!salvaged) return context.warn(salvaged.error().text);
  if (!salvaged->merged.empty()) {
    context.info("shared directory: kept what " + step.name +
                 " had written: " + join(salvaged->merged, ", "));
  }
}

// What the pool says is ours counts as held, also when the journal was not told any more. Only a
// complete set of leases is a debt (M020).
void add_unrecorded_leases(Context& context) {
  const auto in_pool = leases_of_run(context.root.leases(), context.record.id);
  if (!in_pool) return context.warn(in_pool.error().text);
  std::vector<HeldLease> unrecorded;
  for (const HeldLease& lease : *in_pool) {
    const auto& held = context.held;
    const bool known = std::any_of(held.begin(), held.end(), [&](const HeldLease& h) {
      return h.type == lease.type && h.name == lease.name;
    });
    if (!known) unrecorded.push_back(lease);
  }
  if (unrecorded.empty()) return;
  note_held(context, unrecorded, 0);
  std::uint64_t wanted = 0;
  for (const plan::Lease& lease : context.plan.leases) wanted += lease.count;
  if (context.held.size() >= wanted) context.record.debt = true;
}

void reclaim_leases(Context& context, const Replay& replay) {
  context.held = replay.held;
  add_unrecorded_leases(context);
  const auto lost = reclaim_for_cleanup(context.root.leases(), context.held,
                                        {context.record.id, self_identity()});
  if (!lost) return context.warn(lost.error().text);
  for (const HeldLease& lease : *lost) {
    context.warn("lease " + in_quotes(lease.name) + " of type " + in_quotes(lease.type) +
                 " is gone; cleanup goes on without it");
    std::erase(context.held, lease);
    // Nothing is left to release; perhaps we did it, and died before the journal was told.
    for (LeaseReport& report : context.record.leases) {
      if (report.env == lease.env) report.released = wall_now();
    }
  }
  write_held(context);
}

void restore_credentials(Context& context) {
  if (!context.record.debt || !context.credentials.wanted()) return;
  Result<void> provided = context.credentials.provide();
  if (provided) provided = context.censor.add_directory(context.credentials.directory());
  if (!provided) context.warn("credentials for cleanup: " + provided.error().text);
}

// Steps of `pre` and `test` are never repeated (M093).
void settle_steps(Context& context, const Replay& replay) {
  for (std::size_t i = 0; i < context.plan.steps.size(); ++i) {
    StepRecord& record = context.record.steps[i];
    if (record.status != StepStatus::not_run) continue;
    const bool interrupted = replay.open_step == record.n;
    const bool post = record.phase == plan::Phase::post;
    if (post && (!interrupted || record.kind == plan::Kind::cleanup)) continue;
    StepRunner runner(context, context.plan.steps[i], record);
    if (!interrupted) {
      runner.skip(Cause::executor_died, "the executor died before");
      continue;
    }
    record.status = StepStatus::fail;
    record.cause = Cause::executor_died;
    record.reason = "the executor died while it ran";
    record.ended = wall_now();
    context.journal->step_ended(record);
  }
}

std::vector<plan::Problem> load_commands(const RunDir& dir, plan::Plan& plan,
                                         const std::string& registry) {
  unsigned n = 0;
  for (plan::Step& step : plan.steps) {
    const std::string directory = dir.step(++n, step.phase, step.name);
    if (auto text = read_file(join_path(directory, kCommandFile), kMaxScriptBytes);
        text && !step.script.text) {
      step.script.text = std::move(*text);
    }
  }
  // Commands are removed when cleanup is done; what is missing then is not needed any more.
  plan::Plan copy = plan;
  std::vector<plan::Problem> problems = load_scripts(copy, registry);
  plan = std::move(copy);
  return problems;
}

}  // namespace

bool end_processes_of(const std::string& run_id, const Replay& replay) {
  if (replay.record.boot_id != boot_id()) return true;
  std::optional<Cgroup> cgroup;
  if (replay.running) {
    cgroup = Cgroup::open(replay.running->cgroups);
    if (cgroup) cgroup->kill();
    const pid_t pid = replay.running->pid;
    const std::uint64_t since = replay.running->start_ticks;
    if (pid > 1 && since != 0 && start_ticks_of(pid) == since) ::kill(-pid, SIGKILL);
  }
  const TimePoint end = after(Clock::now(), replay.settings.unkillable_s);
  while (Clock::now() < end) {
    const auto left = processes_with_environment("STEPRUN_RUN_ID=" + run_id);
    if (left.empty()) {
      if (cgroup) cgroup->remove();
      return true;
    }
    for (pid_t pid : left) ::kill(pid, SIGKILL);
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return false;
}

int clean_up(const RunDir& dir, const plan::Plan& plan, const ResumeOptions& options,
             Listener& listener) {
  auto replay = replay_journal(dir.journal(), plan);
  RunOptions run_options;
  if (replay) run_options.settings = replay->settings;
  Context context(plan, run_options, dir, listener);
  auto journal = Journal::open(dir.journal(), context.disk, replay ? replay->records : 0);
  if (!replay || !journal) {
    Event event{.type = "warning"};
    event.text = !replay ? replay.error().text : journal.error().text;
    listener.on_event(event);
    return kMayHaveLeaked;
  }
  context.journal = std::move(*journal);
  restore(context, *replay);
  context.journal->resumed();
  context.status.set("RESUMED", "cleanup after the executor died");
  const bool all_ended = end_processes_of(context.record.id, *replay);
  context.add_cause(Cause::executor_died, "", "", "the executor died; only cleanup runs");
  if (!all_ended) context.add_cause(Cause::unreaped, "", "", "a process could not be killed");
  open_shared(context, *replay);
  reclaim_leases(context, *replay);
  restore_credentials(context);
  settle_steps(context, *replay);
  Observers observers(context);
  keep_leases(context);
  run_post(context, observers, options.collect);
  release(context, observers);
  finish(context);
  return context.record.exit_code;
}

Result<Resumed> resume_cleanup(const RunDir& dir, const ResumeOptions& options,
                               const ListenerMaker& make_listener) {
  if (auto version = check_run_version(dir); !version) return version.error();
  auto lock = RunLock::take(dir);
  if (!lock) return lock.error();
  if (path_exists(dir.marker())) return Resumed{0, true};
  auto text = read_file(dir.plan(), plan::kMaxPlanBytes);
  if (!text) return text.error();
  plan::Parsed parsed = plan::from_json(*text);
  if (!parsed.problems.empty()) {
    return Error{Error::Code::invalid,
                 dir.plan() + ": " + parsed.problems[0].where + ": " + parsed.problems[0].text};
  }
  const auto replay = replay_journal(dir.journal(), parsed.plan);
  if (!replay) return replay.error();
  if (replay->record.plan_sha256 != sha256_hex(*text)) {
    return Error{Error::Code::invalid,
                 dir.plan() + ": is not the plan that the run was started with"};
  }
  const auto problems = load_commands(dir, parsed.plan, options.registry);
  if (!problems.empty() && replay->record.debt) {
    return Error{Error::Code::invalid, problems[0].where + ": " + problems[0].text};
  }
  const auto listener = make_listener(dir);
  become_subreaper();
  return Resumed{clean_up(dir, parsed.plan, options, *listener), false};
}

Result<std::vector<DiedRun>> find_died_runs(const StateRoot& root) {
  const auto runs = list_runs(root);
  if (!runs) return runs.error();
  std::vector<DiedRun> out;
  for (const RunDir& dir : *runs) {
    if (probe_run(dir) != RunLife::died) continue;
    DiedRun died{dir, "", false, {}, ""};
    const auto text = read_file(dir.plan(), plan::kMaxPlanBytes);
    const plan::Parsed parsed = plan::from_json(text ? *text : std::string());
    const auto replay = replay_journal(dir.journal(), parsed.plan);
    if (!text || !parsed.problems.empty() || !replay) {
      died.problem = !text     ? text.error().text
                     : !replay ? replay.error().text
                               : dir.plan() + ": is not a plan any more";
    } else {
      died.job = parsed.plan.job.id;
      died.debt = replay->record.debt;
      for (const HeldLease& lease : replay->held)
        died.leases.push_back(lease.type + "/" + lease.name);
    }
    out.push_back(std::move(died));
  }
  return out;
}

}  // namespace stepreg::exec
