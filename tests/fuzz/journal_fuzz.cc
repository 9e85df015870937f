// The journal of a run: whatever it says, whoever takes over gets a record that fits the plan.
#include "base/check.h"
#include "base/fs.h"
#include "exec/journal.h"
#include "exec/record_json.h"
#include "exec/run_view.h"
#include "fuzz.h"
#include "memory_file.h"

namespace stepreg::fuzz {

namespace {

plan::Plan three_steps() {
  plan::Plan plan;
  plan.job.id = "acme/shop@main:e2e";
  for (const plan::Phase phase : plan::kPhases) {
    plan::Step& step = plan.steps.emplace_back();
    step.phase = phase;
    step.name = std::string("shop-") + plan::phase_name(phase);
    step.script.text = "true\n";
  }
  return plan;
}

void check_fits(const exec::Replay& replay, const plan::Plan& plan) {
  CHECK(!replay.record.id.empty());
  CHECK(replay.record.steps.size() == plan.steps.size());
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    CHECK(replay.record.steps[i].n == i + 1);
    CHECK(replay.record.steps[i].name == plan.steps[i].name);
    CHECK(replay.record.steps[i].phase == plan.steps[i].phase);
  }
  CHECK(!replay.open_step || (*replay.open_step >= 1 && *replay.open_step <= plan.steps.size()));
  CHECK(!replay.running || (replay.running->n >= 1 && replay.running->n <= plan.steps.size()));
}

// A journal that says of steps and causes what `record` says.
exec::Replay written_again(const exec::RunRecord& record, const exec::RunSettings& settings,
                           const plan::Plan& plan) {
  static MemoryFile file;
  file.fill("");
  exec::DiskGuard disk("");
  auto journal = exec::Journal::open(file.path(), disk, 0);
  CHECK(journal.has_value());
  CHECK(journal->start(record, settings));
  for (const exec::StepRecord& step : record.steps) CHECK(journal->step_ended(step));
  for (const exec::CauseRecord& cause : record.causes) CHECK(journal->cause(cause));
  auto replay = exec::replay_journal(file.path(), plan);
  CHECK(replay.has_value());
  return std::move(*replay);
}

// Times are written to the millisecond: from the second writing on nothing changes.
void check_written(const exec::Replay& replay, const plan::Plan& plan) {
  const exec::Replay once = written_again(replay.record, replay.settings, plan);
  const exec::Replay twice = written_again(once.record, once.settings, plan);
  CHECK(once.record.id == replay.record.id);
  CHECK(once.record.causes.size() == replay.record.causes.size());
  CHECK(once.record.steps == twice.record.steps);
  CHECK(once.settings.stop_dirs == replay.settings.stop_dirs);
  CHECK(once.settings.release_retry_s == replay.settings.release_retry_s);
  for (std::size_t i = 0; i < once.record.steps.size(); ++i) {
    CHECK(once.record.steps[i].status == replay.record.steps[i].status);
    CHECK(once.record.steps[i].reason == replay.record.steps[i].reason);
  }
}

// The report of the run is read by whoever asks for its state.
void check_report(exec::RunRecord record) {
  static MemoryFile file;
  exec::decide(record);
  record.complete = true;
  file.fill(exec::run_json(record, exec::Censor()));
  const exec::ResultView view = exec::read_run_json(file.path());
  CHECK(view.steps.size() == record.steps.size());
  CHECK(view.causes.size() == record.causes.size());
  CHECK(view.leases.size() == record.leases.size());
  CHECK(view.exit_code == record.exit_code);
}

void try_text(std::string_view text) {
  static const plan::Plan plan = three_steps();
  static MemoryFile file;
  file.fill(text);
  exec::read_run_json(file.path());
  const auto replay = exec::replay_journal(file.path(), plan);
  if (!replay) return;
  check_fits(*replay, plan);
  check_written(*replay, plan);
  check_report(replay->record);
}

}  // namespace

}  // namespace stepreg::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  stepreg::fuzz::try_text(stepreg::fuzz::text_of(data, size));
  return 0;
}
