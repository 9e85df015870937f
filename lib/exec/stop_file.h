// Stop files (execution.md 2.6): `.stop` (fast) and `.stop_gracefully` (graceful) in the state
// root, in the run directory and in further directories. They are looked at only at boundaries.
//
//   StopFiles stops({.machine_dir = root, .run_dir = run});
//   const StopLook look = stops.look(steps_started);       // at each boundary
//   if (look.kind != StopKind::none) { skip the step, look.decisive says why; stops.latch(); }
//   if (stops.drops_collection()) ...                      // when a collection step's turn comes
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/wall_time.h"

namespace stepreg::exec {

inline constexpr const char* kFastStopName = ".stop";
inline constexpr const char* kGracefulStopName = ".stop_gracefully";

enum class StopKind : std::uint8_t { none, fast, graceful };
const char* stop_kind_name(StopKind kind);  // "none", "fast", "graceful"
enum class StopScope : std::uint8_t { machine, run, directory };
const char* stop_scope_name(StopScope scope);

struct StopFile {
  std::string path;
  StopScope scope = StopScope::run;
  StopKind kind = StopKind::fast;
  std::uint64_t after = 0;  // stop after so many more steps, counted from the first look at it
  std::string reason;       // `reason: TEXT`, cleaned of control characters, cut to 500 bytes
  WallTime modified{};
};

struct StopSettings {
  std::string machine_dir{};
  std::string run_dir{};                    // may be empty: not there yet
  std::vector<std::string> further_dirs{};  // --stop-dir, plan::Machine::stop_dir
  // --ignore-stale-stop: files from before the start of the machine, or older than the age, do not
  // count. Files in the run directory always count.
  bool ignore_stale = false;
  std::optional<std::chrono::seconds> stale_age{};
};

// What one look found.
struct StopLook {
  StopKind kind = StopKind::none;     // kind(now): graceful wins (E010)
  std::optional<StopFile> decisive;   // the file that decides; set unless kind is none
  std::vector<StopFile> appeared;     // present now, not at the last look; also pending `after:`
  std::vector<StopFile> cleared;      // present at the last look, not now
  std::vector<StopFile> pending;      // present, `after: N` not reached
  std::vector<StopFile> stale;        // ignored because of their age; each reported once
  std::vector<std::string> warnings;  // errors other than "does not exist", once per path (M040)
};

class StopFiles {
 public:
  explicit StopFiles(StopSettings settings);

  // Looks at all paths now. `steps_started` counts the steps that were started so far.
  StopLook look(std::size_t steps_started);
  void set_run_dir(std::string run_dir) { settings_.run_dir = std::move(run_dir); }

  // A step was skipped because of the kind of the last look (M041).
  void latch();
  StopKind latched() const { return latched_; }
  void restore_latched(StopKind kind) { latched_ = kind; }  // of a run that died
  // By the last look, else by the latched kind: must a collection step be left out?
  bool drops_collection() const;

 private:
  struct Seen {
    StopFile file;
    std::size_t first_steps = 0;
  };
  void look_at(const std::string& path, StopScope scope, StopKind kind, std::size_t steps_started,
               std::map<std::string, Seen>& now, StopLook& result);
  bool is_stale(const StopFile& file) const;

  StopSettings settings_;
  std::map<std::string, Seen> seen_;
  std::set<std::string> warned_;
  std::set<std::string> stale_reported_;
  StopKind now_ = StopKind::none;
  StopKind latched_ = StopKind::none;
};

// Creates or replaces the stop file of that kind in `directory`; returns its path. `after` and
// `reason` are its content; an empty file means at once.
Result<std::string> write_stop_file(const std::string& directory, StopKind kind,
                                    std::optional<std::uint64_t> after, std::string_view reason);
// Removes both; returns the paths that were there.
Result<std::vector<std::string>> remove_stop_files(const std::string& directory);

}  // namespace stepreg::exec
