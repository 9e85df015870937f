#include "steprun/options.h"

#include <CLI/CLI.hpp>
#include <charconv>
#include <cstdio>
#include <map>

#include "base/duration.h"
#include "common/options.h"

namespace stepreg::steprun {

void add_state_option(CLI::App& command, std::string& state_root) {
  state_root = exec::default_state_root();
  command
      .add_option("--state", state_root,
                  "Where runs, leases and recorded durations are kept\n"
                  "(default $STEPRUN_STATE, else ~/.local/state/steprun)")
      ->type_name("DIR");
}

void add_output_option(CLI::App& command, Format& format) {
  static const std::map<std::string, Format> kFormats = {{"text", Format::text},
                                                         {"json", Format::json}};
  command.add_option("-o,--output", format, "text (default) or json")
      ->transform(tools::choice_of(kFormats))
      ->type_name("FORMAT");
}

int complain(std::string_view text, int exit_code) {
  std::fprintf(stderr, "steprun: %.*s\n", static_cast<int>(text.size()), text.data());
  return exit_code;
}

std::optional<exec::RunDir> find_run_or_complain(const std::string& state_root,
                                                 const std::string& name) {
  Result<exec::RunDir> run = exec::find_run(exec::StateRoot(state_root), name);
  if (run) return *run;
  complain(run.error().text);
  return std::nullopt;
}

std::string short_time(std::optional<WallTime> time) {
  if (!time || *time == WallTime{}) return "-";
  return iso_micros(*time).substr(0, 19) + "Z";
}

std::optional<double> parse_age_s(const std::string& text) {
  if (text.ends_with('d')) {
    unsigned days = 0;
    const char* end = text.data() + text.size() - 1;
    const auto [stop, error] = std::from_chars(text.data(), end, days);
    if (error == std::errc() && stop == end) return days * 86400.0;
    return std::nullopt;
  }
  const auto duration = parse_duration(text);
  if (!duration || duration->count() < 0) return std::nullopt;
  return seconds_of(*duration);
}

}  // namespace stepreg::steprun
