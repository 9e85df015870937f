// Recording; limit_advice.cc draws the conclusions.
#include "exec/history.h"
#include "exec/json_fields.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <map>
#include <tuple>

#include "base/fs.h"
#include "base/text.h"
#include "base/unique_fd.h"

namespace stepreg::exec {

namespace {

constexpr std::uint64_t kHistoryBytes = 256U << 20;
// The file is looked at for old records when it has grown by about so much.
constexpr off_t kTrimStep = 1 << 20;

void put_number(Json& json, const char* key, const std::optional<double>& value) {
  json[key] = value ? Json(*value) : Json();
}

std::string line_of(const DurationRecord& record) {
  Json json = {{"run", record.run},
               {"job", record.job},
               {"phase", record.phase},
               {"step", record.step},
               {"start", iso_micros(record.start) + "Z"},
               {"duration_s", record.duration_s}};
  put_number(json, "limit_s", record.limit_s);
  json["rule"] = record.rule;
  put_number(json, "effective_s", record.effective_s);
  json["bound"] = record.bound;
  put_number(json, "idle_s", record.idle_s);
  json["longest_silence_s"] = record.longest_silence_s;
  json["grace_used_s"] = record.grace_used_s;
  json["outcome"] = record.outcome;
  json["cause"] = record.cause;
  json["host"] = record.host;
  json["plan_sha256"] = record.plan_sha256;
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::optional<DurationRecord> parse_line(std::string_view line) {
  const Json json = parsed(line);
  if (!json.is_object()) return std::nullopt;
  DurationRecord record;
  record.run = text_of(json, "run");
  record.job = text_of(json, "job");
  record.phase = text_of(json, "phase");
  record.step = text_of(json, "step");
  const auto start = parse_wall_time(text_of(json, "start"));
  const auto duration = number_of<double>(json, "duration_s");
  if (!start || !duration || *duration < 0 || record.step.empty()) return std::nullopt;
  record.start = *start;
  record.duration_s = *duration;
  record.limit_s = number_of<double>(json, "limit_s");
  record.rule = text_of(json, "rule");
  record.effective_s = number_of<double>(json, "effective_s");
  record.bound = text_of(json, "bound");
  record.idle_s = number_of<double>(json, "idle_s");
  record.longest_silence_s = number_of<double>(json, "longest_silence_s").value_or(0);
  record.grace_used_s = number_of<double>(json, "grace_used_s").value_or(0);
  record.outcome = text_of(json, "outcome");
  record.cause = text_of(json, "cause");
  record.host = text_of(json, "host");
  record.plan_sha256 = text_of(json, "plan_sha256");
  return record;
}

// Keeps the newest records of each job and step. The caller holds the lock of the file, so that no
// record is appended to the old file meanwhile.
Result<void> trim(const std::string& history_file) {
  const Result<std::vector<DurationRecord>> records = read_durations(history_file);
  if (!records) return records.error();
  using Key = std::tuple<std::string, std::string, std::string>;
  std::map<Key, std::size_t> count;
  for (const DurationRecord& r : *records) ++count[{r.job, r.phase, r.step}];
  std::string text;
  bool any_old = false;
  std::size_t left = records->size();
  for (const DurationRecord& r : *records) {
    const bool surplus = left-- > kHistoryTotal;
    const bool old = count[{r.job, r.phase, r.step}]-- > kHistoryPerStep || surplus;
    any_old = any_old || old;
    if (!old) text += line_of(r);
  }
  return any_old ? write_file_atomic(history_file, text) : Result<void>();
}

// The file may have been replaced while we waited for the lock of the old one.
Result<UniqueFd> open_locked(const std::string& path) {
  while (true) {
    UniqueFd fd(::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0644));
    if (!fd.valid()) return system_error(path, "open", errno);
    while (::flock(fd.get(), LOCK_EX) != 0) {
      if (errno != EINTR) return system_error(path, "lock", errno);
    }
    struct stat ours {};
    struct stat named {};
    if (::fstat(fd.get(), &ours) != 0 || ::stat(path.c_str(), &named) != 0) continue;
    if (ours.st_ino == named.st_ino && ours.st_dev == named.st_dev) return fd;
  }
}

}  // namespace

Result<void> append_duration(const std::string& history_file, const DurationRecord& record) {
  if (Result<void> made = make_directories(std::string(parent_path(history_file))); !made) {
    return made;
  }
  const Result<UniqueFd> fd = open_locked(history_file);
  if (!fd) return fd.error();
  struct stat info {};
  if (::fstat(fd->get(), &info) != 0) return system_error(history_file, "read", errno);
  std::string line = line_of(record);
  char last = '\n';
  const bool torn =
      info.st_size > 0 && ::pread(fd->get(), &last, 1, info.st_size - 1) == 1 && last != '\n';
  if (torn) line.insert(line.begin(), '\n');
  if (!write_all(fd->get(), line)) return system_error(history_file, "write", errno);
  const off_t size = info.st_size + static_cast<off_t>(line.size());
  if (info.st_size / kTrimStep != size / kTrimStep) return trim(history_file);
  return {};
}

Result<std::vector<DurationRecord>> read_durations(const std::string& history_file) {
  std::vector<DurationRecord> records;
  const Result<std::string> text = read_file(history_file, kHistoryBytes);
  if (!text) {
    if (text.error().code == Error::Code::not_found) return records;
    return text.error();
  }
  for (const std::string_view line : split(*text, '\n')) {
    if (line.empty()) continue;
    if (auto record = parse_line(line)) records.push_back(std::move(*record));
  }
  return records;
}

}  // namespace stepreg::exec
