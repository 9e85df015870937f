#include "common/stats.h"

#include <sys/resource.h>

#include <chrono>
#include <string>

#include "base/fs.h"
#include "common/allocations.h"
#include "common/terminal.h"
#include "render/stats.h"

namespace stepreg::tools {

namespace {

using Clock = std::chrono::steady_clock;

// The process is what is measured, so there is one request for all of it.
struct Request {
  bool table = false;
  std::string file;
  Clock::time_point begin;
};
Request request;

void start() {
  request.begin = Clock::now();
  count_stages(allocations_of_this_thread);
}

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

render::Cost cost_so_far() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  render::Cost cost;
  cost.stages = stage_figures();
  cost.elapsed = std::chrono::duration<double>(Clock::now() - request.begin).count();
  cost.processor = seconds(usage.ru_utime) + seconds(usage.ru_stime);
  cost.peak_kib = static_cast<std::uint64_t>(usage.ru_maxrss);
  return cost;
}

}  // namespace

void add_stats_options(CLI::App& command) {
  command.add_flag_callback(
      "--stats",
      [] {
        request.table = true;
        start();
      },
      "Print on stderr what every stage of the work cost");
  command
      .add_option_function<std::string>(
          "--stats-file",
          [](const std::string& file) {
            request.file = file;
            start();
          },
          "Write what every stage of the work cost, as JSON")
      ->type_name("FILE");
}

bool report_stats() {
  if (!request.table && request.file.empty()) return true;
  const render::Cost cost = cost_so_far();
  if (request.table) print_error(render::cost_table(cost));
  if (request.file.empty()) return true;
  const Result<void> written = write_file_atomic(request.file, render::cost_json(cost));
  if (!written) print_error("stepreg: " + written.error().text + "\n");
  return written.has_value();
}

}  // namespace stepreg::tools
