#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/fs.h"
#include "base/unique_fd.h"
#include "exec/status_file.h"
#include "exec/status_parse.h"
#include "exec/status_states.h"

namespace stepreg::exec {

namespace {

constexpr std::size_t kFirstWindow = 8208;         // two records and a bit (S026)
constexpr std::size_t kLargestWindow = 64U << 20;  // more than 10,000 records of full length

UniqueFd open_for_reading(const std::string& path) {
  UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat info {};
  if (fd.valid() && (::fstat(fd.get(), &info) != 0 || !S_ISREG(info.st_mode))) fd.reset();
  return fd;
}

std::size_t size_of(int fd) {
  struct stat info {};
  return ::fstat(fd, &info) == 0 ? static_cast<std::size_t>(info.st_size) : 0;
}

WallTime creation_time(int fd) {
  struct statx info {};
  if (::statx(fd, "", AT_EMPTY_PATH, STATX_BTIME | STATX_MTIME, &info) != 0) return {};
  const auto& stamp = (info.stx_mask & STATX_BTIME) != 0 ? info.stx_btime : info.stx_mtime;
  return WallTime(std::chrono::seconds(stamp.tv_sec) +
                  std::chrono::microseconds(stamp.tv_nsec / 1000));
}

StatusRecord unknown(std::string note) {
  StatusRecord record;
  record.state = "UNKNOWN";
  record.note = std::move(note);
  return record;
}

// A record for history(): damaged ones are kept, with the stamp of the one before (S022, S024).
StatusRecord history_record(const StatusLines::Line& line, Zone zone, WallTime& previous) {
  StatusRecord record =
      parse_status_line(line.too_long ? std::string_view() : line.text, zone, previous);
  if (line.too_long) record.note = "a line of more than 4096 bytes";
  record.incomplete = !line.complete;
  if (!record.damaged) previous = record.at;
  return record;
}

// Reads the file from `offset` to its end in blocks.
void for_each_line(int fd, std::size_t offset, const StatusLines::Receive& receive) {
  constexpr std::size_t kBlock = 65536;
  StatusLines lines;
  while (true) {
    const std::string block = read_range(fd, offset, kBlock);
    if (block.empty()) break;
    lines.feed(block, receive);
    offset += block.size();
  }
  lines.finish(receive);
}

}  // namespace

StatusReader::StatusReader(std::string path, Zone zone) : path_(std::move(path)), zone_(zone) {}

StatusRecord StatusReader::last_matching(bool with_informational) const {
  const UniqueFd fd = open_for_reading(path_);
  if (!fd.valid()) return unknown("there is no status file `" + path_ + "`");
  const std::size_t size = size_of(fd.get());
  for (std::size_t window = kFirstWindow;; window *= 2) {
    const std::size_t begin = size > window ? size - window : 0;
    // One byte more tells whether the window begins with a whole line.
    bool whole = begin == 0;
    bool any_complete = false;
    std::optional<StatusRecord> found;
    StatusLines lines;
    const auto receive = [&](const StatusLines::Line& line) {
      if (!std::exchange(whole, true)) return;
      if (line.too_long || line.text.empty()) return;
      if (!line.complete && (any_complete || begin > 0)) return;
      any_complete = true;
      StatusRecord record = parse_status_line(line.text, zone_, {});
      if (record.damaged) return;
      if (!with_informational && is_informational_state(record.state)) return;
      record.incomplete = !line.complete;
      found = std::move(record);
    };
    const std::size_t from = begin == 0 ? 0 : begin - 1;
    lines.feed(read_range(fd.get(), from, size - from), receive);
    lines.finish(receive);
    if (found) return *found;
    if (size == 0) return unknown("the status file is empty");
    if (begin == 0 || window >= kLargestWindow)
      return unknown("no valid record in the status file");
  }
}

StatusRecord StatusReader::current() const {
  return last_matching(false);
}
StatusRecord StatusReader::last() const {
  return last_matching(true);
}

std::vector<StatusRecord> StatusReader::history() const {
  std::vector<StatusRecord> records;
  const UniqueFd fd = open_for_reading(path_);
  if (!fd.valid()) return records;
  WallTime previous = creation_time(fd.get());
  for_each_line(fd.get(), 0, [&](const StatusLines::Line& line) {
    if (!line.text.empty()) records.push_back(history_record(line, zone_, previous));
  });
  return records;
}

bool StatusReader::has_state(std::string_view state) const {
  const std::vector<StatusRecord> records = history();
  return std::any_of(records.begin(), records.end(), [state](const StatusRecord& record) {
    return !record.damaged && record.state == state;
  });
}

StatusFollower::StatusFollower(std::string path, Zone zone) : path_(std::move(path)), zone_(zone) {}

std::vector<StatusRecord> StatusFollower::poll() {
  std::vector<StatusRecord> records;
  const UniqueFd fd = open_for_reading(path_);
  if (!fd.valid()) return records;
  if (offset_ == 0) previous_ = creation_time(fd.get());
  const std::size_t size = size_of(fd.get());
  const std::string bytes = read_range(fd.get(), offset_, size - std::min(offset_, size));
  const std::size_t end = bytes.rfind('\n');
  if (end == std::string::npos) return records;
  StatusLines lines;
  lines.feed(std::string_view(bytes).substr(0, end + 1), [&](const StatusLines::Line& line) {
    if (!line.text.empty()) records.push_back(history_record(line, zone_, previous_));
  });
  offset_ += end + 1;
  return records;
}

}  // namespace stepreg::exec
