// Status files in Pavilion's format (execution.md section 4): append-only text, one record a line,
// each written with a single write. Writing never aborts anything (S009); reading never fails
// because of content (S020).
//
//   StatusFile status(run.status(), {.mode = 0644});      // writes STATUS_CREATED when new
//   status.set("RUNNING", "phase=pre step=1/4");
//   StatusReader(run.status()).current().state            // "RUNNING"
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/wall_time.h"

namespace stepreg::exec {

// Pavilion2, lib/pavilion/status_file.py (E302): 26 + 1 + 15 + 1 + 4052 + 1 = 4096 bytes.
inline constexpr std::size_t kStatusLineBytes = 4096;
inline constexpr std::size_t kStatusNoteBytes = 4052;
inline constexpr std::size_t kStatusStampBytes = 26;
inline constexpr std::size_t kStatusStateBytes = 15;
inline constexpr std::size_t kStatusKept = 100;  // records kept for a later attempt (M073)

enum class StampForm { iso_utc, epoch };  // --status-time

struct StatusOptions {
  int mode = 0644;  // of a new file, whatever the umask: 0644 for a job, 0666 for a step
  StampForm form = StampForm::iso_utc;
};

// One line with its line feed, at most kStatusLineBytes (S005, S007).
std::string status_line(WallTime at, std::string_view state, std::string_view note, StampForm form);

// The writer. Opens, appends and closes for each record; several processes may do so at once.
class StatusFile {
 public:
  // A file that does not exist yet is created with a first record STATUS_CREATED (S010).
  StatusFile(std::string path, StatusOptions options);

  // False when the record could not be written: it is kept, and tried again before the next one,
  // with its own time stamp. The oldest of more than kStatusKept records is dropped and counted.
  bool set(std::string_view state, std::string_view note = {}, WallTime at = wall_now());
  // The last record: flushed to disk as well (S012).
  bool set_final(std::string_view state, std::string_view note = {});
  bool flush_kept();

  const std::string& path() const { return path_; }
  std::size_t kept() const { return kept_.size(); }  // not written yet
  std::size_t lost() const { return lost_; }         // dropped for good
  // Why the last write failed; empty when it did not.
  const std::string& last_error() const { return last_error_; }
  // The file is on a network file system, where records may get mixed up: an advisory lock is
  // taken for each (S011). The caller warns once.
  bool on_network_file_system() const { return network_; }

 private:
  bool append(const std::string& line);

  std::string path_;
  StatusOptions options_;
  std::deque<std::string> kept_;
  std::size_t lost_ = 0;
  std::string last_error_;
  bool network_ = false;
};

struct StatusRecord {
  WallTime at{};
  std::string state;
  std::string note;         // with real line feeds
  bool damaged = false;     // state is INVALID, note is the raw text (S022)
  bool incomplete = false;  // the last line has no line feed yet (S025)
  bool operator==(const StatusRecord&) const = default;
};

// Reads our files and Pavilion's, in any mixture of stamps. `zone` is that of ISO stamps: ours are
// UTC, Pavilion's are local time.
class StatusReader {
 public:
  explicit StatusReader(std::string path, Zone zone = Zone::utc);

  // The last complete valid record that is not informational; state UNKNOWN with an explanation
  // when there is none (S026). Reads the end of the file only.
  StatusRecord current() const;
  StatusRecord last() const;  // of any kind, damaged ones excepted; UNKNOWN as above
  std::vector<StatusRecord> history() const;
  bool has_state(std::string_view state) const;

 private:
  StatusRecord last_matching(bool with_informational) const;

  std::string path_;
  Zone zone_;
};

// Hands over records as they are appended.
class StatusFollower {
 public:
  explicit StatusFollower(std::string path, Zone zone = Zone::utc);
  // The complete records since the last call, damaged ones included. A missing file has none yet.
  std::vector<StatusRecord> poll();

 private:
  std::string path_;
  Zone zone_;
  std::size_t offset_ = 0;
  WallTime previous_{};
};

// Calls `receive` for each record of the file, those of the past first, until it returns false, or
// until `marker` exists and everything was handed over (S028). Woken by file notification, and
// once a second anyway; `tick` is called then, and ends the loop by returning false.
void follow_status(const std::string& path, const std::string& marker, Zone zone,
                   const std::function<bool(const StatusRecord&)>& receive,
                   const std::function<bool()>& tick);

}  // namespace stepreg::exec
