// steprun report: one run for people, or what recorded durations say about limits.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>

#include "base/fs.h"
#include "base/text.h"
#include "exec/history.h"
#include "exec/html_report.h"
#include "exec/run_view.h"
#include "exec/view_json.h"
#include "exec/wording.h"
#include "steprun/commands.h"
#include "steprun/options.h"
#include "steprun/table.h"

namespace stepreg::steprun {

namespace {

struct ReportOptions {
  std::string state_root;
  std::string run = "last";
  std::string html;
  std::string job;
  std::optional<std::size_t> runs;
  Format format = Format::text;
};

using Align = Table::Align;

std::string seconds_or(const std::optional<double>& value, const char* otherwise) {
  return value ? exec::short_seconds(*value) : otherwise;
}

std::string ratio_text(const std::optional<double>& ratio) {
  if (!ratio) return "-";
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", *ratio);
  return text;
}

int timeouts(const ReportOptions& options) {
  const auto records = exec::read_durations(exec::StateRoot(options.state_root).durations());
  if (!records) return complain(records.error().text, kEnvironment);
  const auto advice = exec::advise_limits(*records, {.job = options.job, .runs = options.runs});
  if (options.format == Format::json) {
    std::fputs(exec::advice_json(advice).c_str(), stdout);
    return kSuccess;
  }
  if (advice.empty()) {
    std::fprintf(stderr, "no recorded durations%s\n",
                 options.job.empty() ? "" : (" of " + in_quotes(options.job)).c_str());
    return kSuccess;
  }
  std::string job;
  std::string text;
  const std::vector<Table::Column> columns = {{"PHASE"},
                                              {"STEP"},
                                              {"LIMIT", Align::right},
                                              {"RUNS", Align::right},
                                              {"LONGEST", Align::right},
                                              {"P95", Align::right},
                                              {"MEDIAN", Align::right},
                                              {"LAST", Align::right},
                                              {"SILENCE", Align::right},
                                              {"RATIO", Align::right},
                                              {"SUGGESTED", Align::right},
                                              {"FLAGS"}};
  Table table(columns);
  const auto flush = [&] {
    if (!table.empty()) text += (text.empty() ? "" : "\n") + one_line(job) + "\n" + table.text();
    table = Table(columns);
  };
  for (const exec::LimitAdvice& step : advice) {
    if (step.job != job) flush();
    job = step.job;
    table.add({step.phase, one_line(step.step), seconds_or(step.limit_s, "none"),
               std::to_string(step.passed) + "/" + std::to_string(step.runs),
               seconds_or(step.longest_s, "-"), seconds_or(step.p95_s, "-"),
               seconds_or(step.median_s, "-"), exec::short_seconds(step.last_s),
               exec::short_seconds(step.longest_silence_s), ratio_text(step.ratio),
               seconds_or(step.suggested_s, "-"), join(step.flags, ", ")});
  }
  flush();
  std::fputs(text.c_str(), stdout);
  return kSuccess;
}

void print_steps(const exec::RunView& view) {
  Table table({{"N", Align::right},
               {"PHASE"},
               {"STEP"},
               {"OUTCOME"},
               {"DURATION", Align::right},
               {"LIMIT", Align::right},
               {"REASON"}});
  for (const exec::StepRecord& step : view.result.steps) {
    const std::string reason = step.reason.empty() ? exec::cause_name(step.cause) : step.reason;
    table.add({std::to_string(step.n), plan::phase_name(step.phase), one_line(step.name),
               step_status_name(step.status),
               step.started ? exec::short_seconds(step.duration_s) : "-",
               seconds_or(step.limit.effective_s, step.started ? "none" : "-"), one_line(reason)});
  }
  const exec::ResultView& result = view.result;
  std::printf("%s %s: %s, cleanup %s, %s\n", view.dir.id().c_str(), one_line(result.job).c_str(),
              result.result.empty() ? "not finished" : result.result.c_str(),
              result.cleanup.empty() ? "open" : result.cleanup.c_str(),
              exec::short_seconds(result.total_s).c_str());
  if (!table.empty()) std::fputs(("\n" + table.text()).c_str(), stdout);
}

int report(const ReportOptions& options) {
  const auto run = find_run_or_complain(options.state_root, options.run);
  if (!run) return kRefused;
  const exec::RunView view = exec::view_run(*run, false);
  if (options.html.empty()) {
    print_steps(view);
    return kSuccess;
  }
  const std::string page = exec::html_report(view);
  if (options.html == "-") {
    std::fwrite(page.data(), 1, page.size(), stdout);
    return kSuccess;
  }
  const auto written = write_file_atomic(options.html, page);
  return written ? kSuccess : complain(written.error().text, kEnvironment);
}

}  // namespace

void add_report(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<ReportOptions>();
  CLI::App* command = app.add_subcommand("report", "Report a run, or what durations say of limits");
  command->add_option("RUN", options->run, "Run id or the beginning of one; default: the last run");
  command->add_option("--html", options->html, "Write one self-contained page; - for stdout")
      ->type_name("FILE");
  add_state_option(*command, options->state_root);

  CLI::App* limits = command->add_subcommand(
      "timeouts", "Limits against recorded durations, with suggestions, per step");
  limits->add_option("--job", options->job, "Only jobs whose id matches; * and ? are wildcards")
      ->type_name("PATTERN");
  limits->add_option("--runs", options->runs, "Only the newest so many runs of each step")
      ->type_name("N")
      ->check(CLI::PositiveNumber);
  add_output_option(*limits, options->format);
  add_state_option(*limits, options->state_root);
  command->callback([options, limits, &exit_code] {
    exit_code = limits->parsed() ? timeouts(*options) : report(*options);
  });
}

}  // namespace stepreg::steprun
