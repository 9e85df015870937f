#include "exec/status_file.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <set>
#include <thread>

#include "exec/status_states.h"
#include "exec/user_status.h"
#include "temp_dir.h"

using namespace stepreg;
using namespace stepreg::exec;
using test::get;
using test::put;
using test::TempDir;

namespace {

WallTime at(const char* stamp) {
  return *parse_wall_time(stamp);
}

constexpr const char* kStamp = "2026-08-21T10:15:00.000001";

std::string states(const std::vector<StatusRecord>& records) {
  std::string all;
  for (const StatusRecord& record : records) all += record.state + " ";
  return all;
}

}  // namespace

TEST_CASE("a status line is at most 4096 bytes, whatever the note") {
  CHECK(status_line(at(kStamp), "RUNNING", "", StampForm::iso_utc) ==
        "2026-08-21T10:15:00.000001 RUNNING \n");
  CHECK(status_line(at(kStamp), "INFO", "a\nb\tc\x01", StampForm::epoch) ==
        "1787307300.000001 INFO a\\nb c \n");
  CHECK(status_line(at(kStamp), "NONSENSE", "x", StampForm::epoch) ==
        "1787307300.000001 INVALID (NONSENSE) x\n");
  const std::string longest =
      status_line(at(kStamp), "SCHED_CANCELLED", std::string(9000, 'x'), StampForm::iso_utc);
  CHECK(longest.size() == kStatusLineBytes);
  const std::string rejected =
      status_line(at(kStamp), std::string(9000, 'A'), std::string(9000, 'x'), StampForm::iso_utc);
  CHECK(rejected.size() <= kStatusLineBytes);
  // The cut neither divides a character nor leaves half of an escaped line feed.
  const std::string euro =
      status_line(at(kStamp), "INFO", std::string(4051, 'x') + "€", StampForm::iso_utc);
  CHECK(euro == std::string(kStamp) + " INFO " + std::string(4051, 'x') + "\n");
  const std::string feed =
      status_line(at(kStamp), "INFO", std::string(4051, 'x') + "\ny", StampForm::iso_utc);
  CHECK(feed == std::string(kStamp) + " INFO " + std::string(4051, 'x') + "\n");
  CHECK(status_line(at(kStamp), "INFO", "a\xff", StampForm::epoch) ==
        "1787307300.000001 INFO a\xEF\xBF\xBD\n");
}

TEST_CASE("a new status file begins with its creation, and keeps what it is told") {
  const TempDir dir;
  const std::string path = dir / "status";
  StatusFile file(path, {.mode = 0666});
  CHECK(file.set("RUNNING", "phase=pre\nstep=1/2"));
  CHECK(file.set_final("COMPLETE"));
  struct stat info {};
  ::stat(path.c_str(), &info);
  CHECK((info.st_mode & 07777) == 0666);
  const StatusReader reader(path);
  CHECK(states(reader.history()) == "STATUS_CREATED RUNNING COMPLETE ");
  CHECK(reader.history()[1].note == "phase=pre\nstep=1/2");
  CHECK(reader.has_state("RUNNING"));
  CHECK_FALSE(reader.has_state("SKIPPED"));
  StatusFile again(path, {});
  CHECK(states(reader.history()) == "STATUS_CREATED RUNNING COMPLETE ");
}

TEST_CASE("records of ten processes do not run into each other") {
  const TempDir dir;
  const std::string path = dir / "status";
  StatusFile created(path, {});
  for (int p = 0; p < 10; ++p) {
    if (::fork() != 0) continue;
    StatusFile file(path, {});
    const std::string note(p % 2 == 0 ? 4052 : 20, static_cast<char>('a' + p));
    for (int i = 0; i < 100; ++i) file.set("RUN_USER", note);
    ::_exit(0);
  }
  while (::wait(nullptr) > 0) continue;
  const auto records = StatusReader(path).history();
  CHECK(records.size() == 1001);
  int intact = 0;
  for (const StatusRecord& record : records) {
    const std::set<char> letters(record.note.begin(), record.note.end());
    if (!record.damaged && letters.size() <= 1) ++intact;
  }
  CHECK(intact == 1001);
}

TEST_CASE("a torn record is closed before the next one") {
  const TempDir dir;
  const std::string path = dir / "status";
  put(path, "2026-08-21T10:15:00.000001 RUN");
  StatusFile file(path, {});
  CHECK(file.set("SCHED_CANCELLED", std::string(5000, 'x')));
  const std::string text = get(path);
  CHECK(text.find("RUN\n") != std::string::npos);
  CHECK(text.size() == 30 + kStatusLineBytes);
}

TEST_CASE("what cannot be written is kept and written later with its own stamp") {
  const TempDir dir;
  const std::string path = dir / "later/status";
  StatusFile file(path, {});
  for (int i = 0; i < 103; ++i) {
    CHECK_FALSE(file.set("INFO", std::to_string(i), at(kStamp) + std::chrono::seconds(i)));
  }
  CHECK(file.kept() == 100);
  CHECK(file.lost() == 3);
  CHECK(file.last_error().find("later/status") != std::string::npos);
  std::filesystem::create_directory(dir / "later");
  CHECK(file.set("WARNING", "late"));
  CHECK(file.kept() == 0);
  const auto records = StatusReader(path).history();
  CHECK(records.size() == 102);
  CHECK(records[1].note == "3");
  CHECK(iso_micros(records[1].at) == "2026-08-21T10:15:03.000001");
}

TEST_CASE("a status file is never written through a link or into a pipe") {
  const TempDir dir;
  put(dir / "target", "x");
  std::filesystem::create_symlink(dir / "target", dir / "link");
  StatusFile link(dir / "link", {});
  CHECK_FALSE(link.set("INFO"));
  CHECK(get(dir / "target") == "x");
  ::mkfifo((dir / "pipe").c_str(), 0666);
  StatusFile pipe(dir / "pipe", {});
  CHECK_FALSE(pipe.set("INFO"));
  CHECK(StatusReader(dir / "pipe").current().state == "UNKNOWN");
}

TEST_CASE("a reader takes whatever it finds") {
  const TempDir dir;
  const std::string path = dir / "status";
  put(path,
      "1787307300.000001 CREATED first\n"
      "\n"
      "not a stamp RUNNING x\n"
      "2026-08-21T10:15:02 RUNNING\n"
      "2026-08-21T10:15:03.5Z FROM_THE_FUTURE  two  blanks\n"
      "2026-08-21T10:15:04\n"
      "2026-08-21T10:15:05 INFO bad \xff byte\n"
      "2026-08-21T10:15:06 INFO " +
          std::string(5000, 'x') +
          "\n"
          "2026-08-21T10:15:07 COMPLE");
  const auto records = StatusReader(path).history();
  CHECK(states(records) == "CREATED INVALID RUNNING FROM_THE_FUTURE INVALID INFO INVALID COMPLE ");
  CHECK(records[1].damaged);
  CHECK(records[1].note == "not a stamp RUNNING x");
  CHECK(records[1].at == records[0].at);
  CHECK(records[2].note.empty());
  CHECK(records[3].note == " two  blanks");
  CHECK(records[4].note == "2026-08-21T10:15:04");
  CHECK(records[5].note == "bad \xEF\xBF\xBD byte");
  CHECK(records[6].damaged);
  CHECK(records[7].incomplete);
  CHECK(StatusReader(path).current().state == "FROM_THE_FUTURE");
  CHECK(StatusReader(path).last().state == "INFO");
}

TEST_CASE("the current state is found behind any number of messages") {
  const TempDir dir;
  const std::string path = dir / "status";
  StatusFile file(path, {});
  file.set("RUNNING", "here");
  for (int i = 0; i < 40; ++i) file.set("INFO", std::string(4052, 'x'));
  CHECK(StatusReader(path).current().note == "here");
  CHECK(StatusReader(path).last().state == "INFO");
  for (int cut = 1; cut < 9000; cut += 997) {
    const std::string text = get(path);
    put(dir / "cut", text.substr(0, text.size() - static_cast<std::size_t>(cut)));
    CHECK(StatusReader(dir / "cut").current().note == "here");
  }
}

TEST_CASE("files without records have state UNKNOWN") {
  const TempDir dir;
  CHECK(StatusReader(dir / "missing").current().state == "UNKNOWN");
  put(dir / "empty", "");
  CHECK(StatusReader(dir / "empty").current().state == "UNKNOWN");
  put(dir / "noise", "x\ny\n");
  CHECK(StatusReader(dir / "noise").current().state == "UNKNOWN");
  put(dir / "only", "1787307300.0 RUNNING half");
  CHECK(StatusReader(dir / "only").current().note == "half");
  CHECK(StatusReader(dir / "only").current().incomplete);
  CHECK(StatusReader(dir.path()).history().empty());
}

TEST_CASE("stamps of Pavilion's own files are local time") {
  const TempDir dir;
  put(dir / "status", "2026-08-21T10:15:00.000001 RUNNING x\n");
  const char* before = std::getenv("TZ");
  const std::string old = before == nullptr ? "" : before;
  ::setenv("TZ", "UTC-2", 1);
  ::tzset();
  CHECK(iso_utc(StatusReader(dir / "status", Zone::local).current().at) ==
        "2026-08-21T08:15:00.000Z");
  CHECK(iso_utc(StatusReader(dir / "status").current().at) == "2026-08-21T10:15:00.000Z");
  old.empty() ? ::unsetenv("TZ") : ::setenv("TZ", old.c_str(), 1);
  ::tzset();
}

TEST_CASE("following a file ends with the marker and misses nothing") {
  const TempDir dir;
  std::thread writer([&dir] {
    StatusFile file(dir / "status", {});
    for (int i = 0; i < 50; ++i) file.set("INFO", std::to_string(i));
    file.set("COMPLETE");
    put(dir / "RUN_COMPLETE", "{}");
  });
  std::vector<StatusRecord> seen;
  follow_status(
      dir / "status", dir / "RUN_COMPLETE", Zone::utc,
      [&seen](const StatusRecord& record) {
        seen.push_back(record);
        return true;
      },
      [] { return true; });
  writer.join();
  CHECK(seen.size() == 52);
  CHECK(seen.back().state == "COMPLETE");
}

TEST_CASE("the table of states keeps the naming rules") {
  std::set<std::string_view> names;
  int pavilion = 0;
  for (const StateInfo& state : status_states()) {
    CHECK(is_well_formed_state(state.name));
    names.insert(state.name);
    pavilion += state.pavilion ? 1 : 0;
  }
  CHECK(names.size() == status_states().size());
  CHECK(pavilion == 39);
  CHECK_FALSE(is_well_formed_state("lower"));
  CHECK_FALSE(is_well_formed_state("1ST"));
  CHECK_FALSE(is_well_formed_state("SIXTEEN_LETTERS_"));
}

TEST_CASE("a step may set its own states only, and not too many") {
  const TempDir dir;
  const std::string path = dir / "status";
  CHECK(set_user_status(path, "RUN_USER", "1 of 3").outcome == UserStatus::written);
  CHECK(set_user_status(path, "COMPLETE", "no").outcome == UserStatus::written);
  CHECK(set_user_status(path, "bad name", "no").outcome == UserStatus::written);
  CHECK(states(StatusReader(path).history()) == "STATUS_CREATED RUN_USER INVALID INVALID ");
  CHECK(StatusReader(path).history()[2].note == "(COMPLETE) no");
  std::string many;
  for (int i = 0; i < kUserStatusPerStep; ++i) many += "1787307300.000001 RUN_USER x\n";
  put(path, many);
  for (int i = 0; i < 3; ++i) {
    CHECK(set_user_status(path, "RUN_USER", "x").outcome == UserStatus::dropped);
  }
  int warnings = 0;
  for (const StatusRecord& record : StatusReader(path).history()) {
    warnings += record.state == "WARNING" ? 1 : 0;
  }
  CHECK(warnings == 1);
}
