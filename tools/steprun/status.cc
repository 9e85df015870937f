// steprun status: where a run is in its life.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "base/fs.h"
#include "base/text.h"
#include "exec/run_view.h"
#include "exec/status_file.h"
#include "exec/view_json.h"
#include "steprun/commands.h"
#include "steprun/options.h"
#include "steprun/table.h"

namespace stepreg::steprun {

namespace {

struct StatusOptions {
  std::string state_root;
  std::string run = "last";
  std::string step;
  std::string file;
  bool local_time = false;
  bool follow = false;
  bool history = false;
  Format format = Format::text;

  Zone zone() const { return local_time ? Zone::local : Zone::utc; }
};

void print(const std::string& text) {
  std::fputs(text.c_str(), stdout);
  std::fflush(stdout);
}

std::string record_line(const exec::StatusRecord& record) {
  std::string line = iso_micros(record.at) + "Z  " + record.state;
  if (!record.note.empty()) line += "  " + one_line(record.note);
  if (record.damaged) line += "  (damaged)";
  if (record.incomplete) line += "  (incomplete)";
  return line + "\n";
}

std::string state_text(const exec::StatusRecord& state) {
  std::string text = state.state;
  if (state.at != WallTime{}) text += " since " + short_time(state.at);
  if (!state.note.empty()) text += ": " + one_line(state.note);
  return text;
}

std::string executor_text(const exec::RunView& view) {
  if (view.life == exec::RunLife::complete) return "finished";
  if (view.life == exec::RunLife::died) {
    return "gone; `steprun resume --cleanup-only " + view.dir.id() + "` cleans up";
  }
  const auto owner = exec::lock_owner(view.dir);
  return owner ? "at work, process " + std::to_string(owner->pid) : "at work";
}

std::string cause_text(const exec::CauseView& cause) {
  std::string text = cause.kind;
  if (!cause.step.empty()) text += " in " + cause.phase + "/" + cause.step;
  if (!cause.text.empty()) text += ": " + one_line(cause.text);
  return text;
}

void print_view(const exec::RunView& view) {
  const exec::ResultView& result = view.result;
  std::string text = "run       " + view.dir.id() + "\n";
  if (!result.job.empty()) text += "job       " + one_line(result.job) + "\n";
  text += "executor  " + executor_text(view) + "\n";
  text += "state     " + state_text(view.state) + "\n";
  if (!result.result.empty()) {
    text += "result    " + result.result;
    if (result.exit_code) text += ", exit code " + std::to_string(*result.exit_code);
    text += "\ncleanup   " + result.cleanup + "\n";
  }
  if (!result.causes.empty()) text += "cause     " + cause_text(result.causes.front()) + "\n";
  print(text);
  if (view.steps.empty()) return;
  Table table({{"N", Table::Align::right}, {"PHASE"}, {"STEP"}, {"STATE"}, {"SINCE"}, {"NOTE"}});
  for (const exec::StepView& step : view.steps) {
    table.add({std::to_string(step.n), step.phase, one_line(step.name), step.state.state,
               short_time(step.state.at), one_line(step.state.note)});
  }
  print("\n" + table.text());
}

void print_record(const StatusOptions& options, const exec::StatusRecord& record) {
  print(options.format == Format::json ? exec::record_json_line(record) : record_line(record));
}

// `tick` tells whether there is anything left to wait for.
template <class Tick>
void follow(const StatusOptions& options, const std::string& path, const std::string& marker,
            Tick tick) {
  exec::follow_status(
      path, marker, options.zone(),
      [&options](const exec::StatusRecord& record) {
        print_record(options, record);
        return std::ferror(stdout) == 0;
      },
      tick);
}

int show_file(const StatusOptions& options) {
  if (!path_exists(options.file)) return complain(options.file + ": no such file");
  if (options.follow) {
    const std::string marker = join_path(parent_path(options.file), "RUN_COMPLETE");
    follow(options, options.file, marker, [] { return true; });
    return kSuccess;
  }
  const exec::StatusReader reader(options.file, options.zone());
  if (options.history) {
    for (const auto& record : reader.history()) print_record(options, record);
  } else {
    print_record(options, reader.current());
  }
  return kSuccess;
}

int follow_run(const StatusOptions& options, const exec::RunDir& run, const std::string& path) {
  // Died is only said when it is so twice: a run may be just about to end.
  int died = 0;
  follow(options, path, run.marker(), [&run, &died] {
    died = exec::probe_run(run) == exec::RunLife::died ? died + 1 : 0;
    return died < 2;
  });
  if (died < 2) return kSuccess;
  return complain("the executor of run " + run.id() + " is gone", kLeaked);
}

int run_command(const StatusOptions& options) {
  if (!options.file.empty()) return show_file(options);
  const auto run = find_run_or_complain(options.state_root, options.run);
  if (!run) return kRefused;
  std::string path = run->status();
  if (!options.step.empty()) {
    const auto steps = exec::view_steps(*run);
    const exec::StepView* step = exec::find_step(steps, options.step);
    if (step == nullptr) {
      return complain("run " + run->id() + " has no step `" + options.step + "` that was reached");
    }
    path = join_path(step->path, exec::kStepStatus);
  }
  if (options.follow) return follow_run(options, *run, path);
  const exec::StatusReader reader(path, options.zone());
  if (options.format == Format::json) {
    const auto history = reader.history();
    print(exec::status_json(exec::view_run(*run, true), options.history ? &history : nullptr));
  } else if (options.history) {
    for (const auto& record : reader.history()) print(record_line(record));
  } else if (!options.step.empty()) {
    print(record_line(reader.current()));
  } else {
    print_view(exec::view_run(*run, true));
  }
  return kSuccess;
}

}  // namespace

void add_status(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<StatusOptions>();
  CLI::App* command = app.add_subcommand("status", "Show where a run is in its life");
  command->add_option("RUN", options->run, "Run id or the beginning of one; default: the last run");
  command->add_flag("--follow", options->follow,
                    "Print records as they come, until the run is complete\n"
                    "(exit code 3 when its executor dies)");
  command->add_flag("--history", options->history, "Print all records");
  command->add_option("--step", options->step, "Of this step: its name, number or PHASE/NAME");
  CLI::Option* file =
      command->add_option("--file", options->file, "Read this status file, also one of Pavilion's");
  command->add_flag("--local-time", options->local_time,
                    "Stamps without zone are local time, as in Pavilion's files");
  file->type_name("FILE");
  add_output_option(*command, options->format);
  add_state_option(*command, options->state_root);
  command->callback([options, &exit_code] { exit_code = run_command(*options); });
}

}  // namespace stepreg::steprun
