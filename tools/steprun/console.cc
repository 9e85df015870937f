#include "steprun/console.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "base/text.h"
#include "exec/output_log.h"
#include "exec/wording.h"
#include "steprun/options.h"
#include "steprun/summary.h"

namespace stepreg::steprun {

namespace {

constexpr std::chrono::seconds kRedraw{1};

std::size_t terminal_width() {
  winsize size{};
  if (::ioctl(2, TIOCGWINSZ, &size) == 0 && size.ws_col > 20) return size.ws_col;
  return 80;
}

bool colour_wanted() {
  return ::isatty(2) == 1 && std::getenv("NO_COLOR") == nullptr;
}

const char* colour_of(const std::string& status) {
  if (status == "PASS" || status == "SUCCESS") return "\033[32m";
  if (status == "SKIPPED" || status == "STOPPED") return "\033[33m";
  return "\033[31m";
}

}  // namespace

Console::Console(const exec::RunDir& dir, const ConsoleOptions& options)
    : dir_(dir),
      options_(options),
      live_(::isatty(2) == 1 && !options.quiet),
      colour_(colour_wanted()) {
  if (options_.events == "-") {
    events_ = stdout;
  } else if (!options_.events.empty()) {
    events_ = std::fopen(options_.events.c_str(), "ae");
    if (events_ == nullptr) complain(options_.events + ": cannot be written; no events there");
  }
}

Console::~Console() {
  erase();
  if (events_ != nullptr && events_ != stdout) std::fclose(events_);
}

void Console::on_event(const exec::Event& event) {
  if (events_ != nullptr) {
    std::fprintf(events_, "%s\n", exec::event_json(event, dir_.id()).c_str());
    std::fflush(events_);
  }
  if (options_.quiet) return;
  const std::string type = event.type;
  if (type == "run_created") return line("run " + dir_.id() + " in " + event.text);
  if (type == "stage") return line("== " + event.phase);
  if (type == "step_skip") return line("skip: " + event.step + " (" + event.text + ")");
  if (type == "step_end") {
    const std::string status =
        colour_ ? colour_of(event.status) + event.status + "\033[0m" : event.status;
    return line(event.text + " " + status);
  }
  if (type == "warning") return line("warning: " + event.text);
  if (type == "leases_held" && !event.text.empty()) return line("leases: " + event.text);
  if (type == "observer_start") return line("observer " + event.step + " started");
  if (type == "observer_end") {
    return line("observer " + event.step + " ended: " + event.status +
                (event.text.empty() ? "" : ", " + event.text));
  }
  if (type == "cause" || type == "run_end") return;  // said with the step, or in the summary
  if (!event.text.empty()) line(event.text);
}

void Console::on_finish(const exec::RunRecord& record) {
  erase();
  std::FILE* out = events_ == stdout ? stderr : stdout;
  SummaryOptions options;
  options.colour = out == stdout && ::isatty(1) == 1 && colour_;
  options.kept = exec::is_kept(options_.keep, record.exit_code);
  const std::string text = summary_of(record, dir_, options);
  std::fputs(text.c_str(), out);
  std::fflush(out);
}

void Console::on_unwritten(const std::string& run_json) {
  erase();
  std::fprintf(stderr, "----- run.json could not be written -----\n%s----- end of run.json -----\n",
               run_json.c_str());
}

void Console::line(const std::string& text) {
  erase();
  std::fprintf(stderr, "%s\n", text.c_str());
}

void Console::erase() {
  if (!drawn_) return;
  drawn_ = false;
  std::fputs("\r\033[K", stderr);
}

exec::TimePoint Console::on_tick(const exec::Progress* progress, exec::TimePoint now) {
  if (!live_) return exec::kNever;
  if (progress == nullptr) return exec::kNever;
  if (now >= next_draw_) {
    draw(*progress, now);
    next_draw_ = now + kRedraw;
  }
  return next_draw_;
}

void Console::draw(const exec::Progress& progress, exec::TimePoint now) {
  std::string text = "[" + progress.phase + " " + std::to_string(progress.n) + "/" +
                     std::to_string(progress.total) + "] " + progress.step + " " +
                     exec::short_seconds(exec::seconds_between(progress.started, now));
  if (progress.ends != exec::kNever) {
    const double left = exec::seconds_between(now, progress.ends);
    text += ", " + exec::short_seconds(std::max(left, 0.0)) + " left";
  }
  const std::string last = progress.log != nullptr ? progress.log->last_line() : std::string();
  if (!last.empty()) text += " | " + one_line(last);
  std::fprintf(stderr, "\r%s\033[K", std::string(cut_utf8(text, terminal_width() - 1)).c_str());
  std::fflush(stderr);
  drawn_ = true;
}

}  // namespace stepreg::steprun
