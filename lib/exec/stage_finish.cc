#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <set>

#include "base/fs.h"
#include "base/text.h"
#include "exec/artifacts.h"
#include "exec/history.h"
#include "exec/hooks.h"
#include "exec/record_json.h"
#include "exec/reports.h"
#include "exec/stages.h"
#include "exec/step_text.h"

namespace stepreg::exec {

namespace {

constexpr std::uint64_t kMaxListBytes = 64U << 20;
constexpr std::chrono::seconds kReportInterval{1};

struct List {
  StepStatus status;
  std::string (RunDir::*path)() const;
};
constexpr List kLists[] = {{StepStatus::pass, &RunDir::passed_list},
                           {StepStatus::fail, &RunDir::failed_list},
                           {StepStatus::skipped, &RunDir::skipped_list}};

// One line more, in one write: a crash leaves complete lines.
void append_line(const std::string& path, const std::string& line) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
  if (fd < 0) return;
  (void)write_all(fd, line);
  ::close(fd);
}

// R020: accumulating lists elsewhere, each line once. Other runs may do the same now.
void append_lists(Context& context) {
  const std::string& directory = context.options.settings.append_lists;
  if (directory.empty()) return;
  const std::string lock_path = join_path(directory, ".lists.lock");
  const UniqueFd lock(::open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (!lock.valid()) return context.warn(system_error(lock_path, "open", errno).text);
  ::flock(lock.get(), LOCK_EX);
  for (const List& list : kLists) {
    const std::string own = (context.dir.*list.path)();
    const std::string shared = join_path(directory, base_name(own));
    const auto old = read_file(shared, kMaxListBytes);
    std::string text = old ? *old : std::string();
    std::set<std::string> present;
    for (std::string_view line : split(text, '\n')) present.emplace(line);
    for (const StepRecord& step : context.record.steps) {
      if (step.status != list.status) continue;
      const std::string line = list_line(step);
      if (present.insert(line).second) text += line + "\n";
    }
    if (auto written = write_file_atomic(shared, text); !written) {
      context.warn(written.error().text);
    }
  }
}

void write_timeouts(Context& context) {
  std::vector<DurationRecord> of_run;
  for (const StepRecord& step : context.record.steps) {
    if (step.started) of_run.push_back(duration_of(context.record, step));
  }
  const auto history = read_durations(context.root.durations());
  context.write_report(
      context.dir.timeouts(),
      timeouts_json(context.record.id, context.record.job, context.record.job_limit_s, of_run,
                    history ? *history : of_run),
      Flush::no);
}

void write_lists(Context& context) {
  for (const List& list : kLists) {
    std::string text;
    for (const StepRecord& step : context.record.steps) {
      if (step.status == list.status) text += list_line(step) + "\n";
    }
    context.write_report((context.dir.*list.path)(), text, Flush::no);
  }
}

void write_reports(Context& context) {
  context.write_report(context.dir.junit_operator(), junit_operator(context.record, context.censor),
                       Flush::no);
  context.write_report(context.dir.junit_steps(), junit_steps(context.record, context.censor),
                       Flush::no);
  write_lists(context);
  write_timeouts(context);
  append_lists(context);
  const auto warnings =
      publish_metadata(context.dir.artifacts(), context.record.job, context.record.id);
  if (!warnings) return context.warn(warnings.error().text);
  for (const std::string& warning : *warnings) context.warn(warning);
}

}  // namespace

std::string list_line(const StepRecord& step) {
  return std::string(plan::phase_name(step.phase)) + "/" + step.name;
}

void after_step(Context& context, const StepRecord& record) {
  for (const List& list : kLists) {
    if (record.status == list.status) {
      append_line((context.dir.*list.path)(), list_line(record) + "\n");
    }
  }
  const TimePoint now = Clock::now();
  if (now < context.next_report) return;
  context.next_report = now + kReportInterval;
  context.write_report(context.dir.junit_steps(), junit_steps(context.record, context.censor),
                       Flush::no);
}

void write_preliminary(Context& context) {
  context.write_report(context.dir.run_json(), run_json(context.record, context.censor), Flush::no);
}

void finish(Context& context) {
  RunRecord& record = context.record;
  context.status.set("RESULTS");
  decide(record);
  write_reports(context);
  run_hook(context, "end", result_name(record.result));
  context.loop.turn(Clock::now());
  record.entered[static_cast<std::size_t>(RunStage::complete)] = wall_now();
  record.total_s = seconds_between(context.created_at, Clock::now());
  record.status_records_lost = context.status.lost() + context.status.kept();
  record.journal_works = record.journal_works && context.journal->works();
  record.complete = true;
  decide(record);
  if (context.lost_reports && record.exit_code < 3) record.exit_code = 4;  // M076
  context.journal->ended(record);
  const std::string json = run_json(record, context.censor);
  if (!context.write_report(context.dir.run_json(), json, Flush::yes)) {
    context.listener.on_unwritten(json);
    if (record.exit_code < 3) record.exit_code = 4;
  }
  context.disk.remove();
  context.status.set_final("COMPLETE", std::string("result=") + result_name(record.result) +
                                           " exit=" + std::to_string(record.exit_code) +
                                           " cleanup=" + verdict_name(record.cleanup));
  context.write_report(context.dir.marker(), "{\"complete\": \"" + iso_utc(wall_now()) + "\"}\n",
                       Flush::yes);
  Event event{.type = "run_end"};
  event.status = result_name(record.result);
  event.exit_code = record.exit_code;
  event.duration_s = record.total_s;
  event.text = std::string("cleanup ") + verdict_name(record.cleanup);
  if (!record.causes.empty()) {
    event.cause = record.causes.front().kind;
    event.text += "; " + record.causes.front().text;
  }
  context.tell(event);
  context.listener.on_finish(record);
}

}  // namespace stepreg::exec
