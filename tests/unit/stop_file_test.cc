#include "exec/stop_file.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "temp_dir.h"

using namespace stepreg;
using namespace stepreg::exec;
using test::get;
using test::put;
using test::TempDir;
namespace fs = std::filesystem;

TEST_CASE("the graceful file wins over the fast one, in any scope") {
  const TempDir dir;
  fs::create_directory(dir / "run");
  fs::create_directory(dir / "tests");
  StopFiles stops(
      {.machine_dir = dir.path(), .run_dir = dir / "run", .further_dirs = {dir / "tests"}});
  CHECK(stops.look(0).kind == StopKind::none);
  put(dir / "run/.stop", "");
  StopLook look = stops.look(1);
  CHECK(look.kind == StopKind::fast);
  CHECK(look.decisive->path == dir / "run/.stop");
  CHECK(look.decisive->scope == StopScope::run);
  CHECK(look.appeared.size() == 1);
  put(dir / "tests/.stop_gracefully", "reason: lab\tmoves \x01\nunknown: x\n");
  look = stops.look(1);
  CHECK(look.kind == StopKind::graceful);
  CHECK(look.decisive->scope == StopScope::directory);
  CHECK(look.decisive->reason == "lab moves");
  CHECK(look.appeared.size() == 1);
  put(dir / ".stop", "");
  CHECK(stops.look(1).kind == StopKind::graceful);
  fs::remove(dir / "run/.stop");
  fs::remove(dir / "tests/.stop_gracefully");
  look = stops.look(1);
  CHECK(look.kind == StopKind::fast);
  CHECK(look.decisive->scope == StopScope::machine);
  CHECK(look.cleared.size() == 2);
}

TEST_CASE("presence is what stat says") {
  const TempDir dir;
  StopFiles stops({.machine_dir = dir.path(), .run_dir = "", .further_dirs = {dir / "file"}});
  fs::create_symlink(dir / "nowhere", dir / ".stop");
  CHECK(stops.look(0).kind == StopKind::none);
  fs::create_directory(dir / "nowhere");
  CHECK(stops.look(0).kind == StopKind::fast);
  // An error is reported once per path and counts as absent.
  put(dir / "file", "");
  CHECK(stops.look(0).warnings.size() == 2);
  CHECK(stops.look(0).warnings.empty());
}

TEST_CASE("`after: N` lets N more steps start") {
  const TempDir dir;
  StopFiles stops({.machine_dir = dir.path(), .run_dir = ""});
  put(dir / ".stop", "after: 2\n");
  const StopLook first = stops.look(3);
  CHECK(first.kind == StopKind::none);
  CHECK(first.appeared.size() == 1);
  CHECK(first.pending.size() == 1);
  CHECK(stops.look(4).kind == StopKind::none);
  CHECK(stops.look(5).kind == StopKind::fast);
  put(dir / ".stop", "after: many\n");
  CHECK(stops.look(5).decisive->after == 0);
}

TEST_CASE("the kind is latched only when a step was skipped") {
  const TempDir dir;
  StopFiles stops({.machine_dir = dir.path(), .run_dir = ""});
  put(dir / ".stop", "");
  stops.look(1);
  CHECK(stops.drops_collection());
  fs::remove(dir / ".stop");
  stops.look(1);
  CHECK_FALSE(stops.drops_collection());  // nothing was skipped meanwhile
  put(dir / ".stop", "");
  stops.look(1);
  stops.latch();
  fs::remove(dir / ".stop");
  stops.look(1);
  CHECK(stops.drops_collection());  // remembered
  put(dir / ".stop_gracefully", "");
  stops.look(1);
  CHECK_FALSE(stops.drops_collection());  // upgraded
  put(dir / ".stop", "");
  fs::remove(dir / ".stop_gracefully");
  stops.look(1);
  CHECK(stops.drops_collection());  // downgraded
}

TEST_CASE("forgotten files can be ignored, but not those of the run") {
  const TempDir dir;
  fs::create_directory(dir / "run");
  put(dir / ".stop", "");
  put(dir / "run/.stop_gracefully", "");
  const auto old = fs::file_time_type::clock::now() - std::chrono::hours(24 * 3650);
  fs::last_write_time(dir / ".stop", old);
  fs::last_write_time(dir / "run/.stop_gracefully", old);
  StopFiles stops({.machine_dir = dir.path(), .run_dir = dir / "run", .ignore_stale = true});
  const StopLook look = stops.look(0);
  CHECK(look.kind == StopKind::graceful);
  CHECK(look.stale.size() == 1);
  CHECK(stops.look(0).stale.empty());
  StopFiles strict({.machine_dir = dir.path(), .run_dir = ""});
  CHECK(strict.look(0).kind == StopKind::fast);
  put(dir / ".stop", "");
  fs::last_write_time(dir / ".stop", fs::file_time_type::clock::now() - std::chrono::seconds(100));
  StopFiles aged({.machine_dir = dir.path(),
                  .run_dir = "",
                  .ignore_stale = true,
                  .stale_age = std::chrono::seconds(50)});
  CHECK(aged.look(0).kind == StopKind::none);
}

TEST_CASE("stop files are written and removed") {
  const TempDir dir;
  CHECK(*write_stop_file(dir.path(), StopKind::fast, {}, "") == dir / ".stop");
  CHECK(get(dir / ".stop").empty());
  CHECK(write_stop_file(dir.path(), StopKind::graceful, 3, "a\nb"));
  CHECK(get(dir / ".stop_gracefully") == "after: 3\nreason: a b\n");
  CHECK(remove_stop_files(dir.path())->size() == 2);
  CHECK(remove_stop_files(dir.path())->empty());
  CHECK_FALSE(write_stop_file(dir / "missing", StopKind::fast, {}, ""));
}
