#include "exec/run.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>

#include "base/fs.h"
#include "base/sha256.h"
#include "base/text.h"
#include "exec/guardian.h"
#include "exec/plan_check.h"
#include "exec/remove_run.h"
#include "exec/resume.h"
#include "exec/stages.h"

namespace stepreg::exec {

namespace {

std::string host_name() {
  char name[256] = {};
  return ::gethostname(name, sizeof name - 1) == 0 ? name : "localhost";
}

// A directory that nothing has used yet.
void discard(const RunDir& dir) {
  for (const std::string& file : {dir.plan(), dir.reserve(), dir.version(), dir.lock()}) {
    ::unlink(file.c_str());
  }
  ::rmdir(dir.path().c_str());
}

// The life cycle of 2.3, one line per state.
int run_worker(CreatedRun& run, const ListenerMaker& make_listener) {
  const std::unique_ptr<Listener> listener = make_listener(run.dir);
  (void)run.lock.sign();
  Context context(run.prepared.plan, run.prepared.options, run.dir, *listener);
  context.record = new_record(run.prepared.plan);
  context.record.id = run.dir.id();
  context.record.plan_sha256 = sha256_hex(run.prepared.plan_text);
  Observers observers(context);
  auto journal = Journal::open(run.dir.journal(), context.disk, 0);
  if (!journal) {
    Event event{.type = "warning"};
    event.text = journal.error().text;
    listener->on_event(event);
    return 4;
  }
  context.journal = std::move(*journal);
  context.journal->set_chaos(run.prepared.options.chaos);
  context.journal->start(context.record, run.prepared.options.settings);
  Event created{.type = "run_created"};
  created.text = run.dir.path();
  context.tell(created);
  context.enter(RunStage::created);
  for (const std::string& warning : run.prepared.warnings) context.warn(warning);
  write_preliminary(context);

  check_at_start(context);
  if (!context.blocked) acquire_leases(context);
  if (!context.blocked) {
    keep_leases(context);
    set_up(context, observers);
  }
  run_phases(context, observers);
  run_post(context, observers, true);
  release(context, observers);
  finish(context);
  return context.record.exit_code;
}

}  // namespace

RunRecord new_record(const plan::Plan& plan) {
  RunRecord record;
  record.job = plan.job.id;
  record.test = plan.job.test;
  record.host = host_name();
  record.boot_id = boot_id();
  record.executor = STEPREG_VERSION;
  record.job_limit_s = plan.job.timeout.seconds;
  record.lease_limit_s = plan.job.lease_timeout.seconds;
  record.worst_case_cleanup_s = worst_case_cleanup_s(plan);
  unsigned n = 0;
  for (const plan::Step& step : plan.steps) {
    StepRecord each;
    each.n = ++n;
    each.phase = step.phase;
    each.name = step.name;
    each.kind = step.kind;
    each.limit = {step.timeout.seconds,
                  step.timeout.rule,
                  std::nullopt,
                  "none",
                  step.idle.seconds,
                  step.grace.seconds,
                  0};
    record.steps.push_back(std::move(each));
  }
  return record;
}

PreparedRun prepare_run(plan::Plan plan, std::string plan_text, RunOptions options) {
  PreparedRun out{std::move(plan), std::move(plan_text), std::move(options), {}, {}};
  out.problems = check_plan(out.plan);
  if (out.problems.empty()) out.problems = load_scripts(out.plan, out.options.registry);
  out.warnings = plan_warnings(out.plan);
  if (!out.plan.machine.stop_dir.empty()) {
    out.options.settings.stop_dirs.push_back(
        join_path(out.options.settings.settings_root, out.plan.machine.stop_dir));
  }
  return out;
}

Result<CreatedRun> begin_run(PreparedRun prepared) {
  hold_signals();
  auto made = create_run(StateRoot(prepared.options.settings.state_root));
  if (!made) return made.error();
  Result<void> written = write_file_atomic(made->dir.plan(), prepared.plan_text);
  if (written) written = DiskGuard(made->dir.reserve()).allocate();
  if (!written) {
    discard(made->dir);
    return written.error();
  }
  return CreatedRun{std::move(prepared), made->dir, std::move(made->lock)};
}

Result<void> discard_run(CreatedRun run) {
  const RunDir dir = run.dir;
  { const RunLock released = std::move(run.lock); }
  return remove_run(dir);
}

int execute(CreatedRun& run, const ListenerMaker& make_listener) {
  return guard([&] { return run_worker(run, make_listener); },
               [&] {
                 const std::unique_ptr<Listener> listener = make_listener(run.dir);
                 (void)run.lock.sign();
                 return clean_up(run.dir, run.prepared.plan, {}, *listener);
               });
}

}  // namespace stepreg::exec
