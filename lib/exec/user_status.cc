#include "exec/user_status.h"

#include <sys/stat.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "exec/status_states.h"

namespace stepreg::exec {

namespace {

constexpr std::string_view kDroppedNote = "status records are dropped: ";
constexpr off_t kShortestRecord = 20;  // epoch stamp, a blank, a state of one letter, ...

bool set_by_steps(const StatusRecord& record) {
  const StateInfo* state = find_state(record.state);
  return state != nullptr && state->from_step;
}

// Why one more record is too many; nullopt when it is not.
std::optional<std::string> over_the_rate(const std::string& file, WallTime now) {
  struct stat info {};
  if (::stat(file.c_str(), &info) != 0) return std::nullopt;
  if (info.st_size < kShortestRecord * kUserStatusPerSecond) return std::nullopt;
  const std::vector<StatusRecord> records = StatusReader(file).history();
  const WallTime recent = now - std::chrono::seconds(1);
  int total = 0;
  int in_last_second = 0;
  for (const StatusRecord& record : records) {
    if (record.damaged || !set_by_steps(record)) continue;
    ++total;
    if (record.at > recent && record.at <= now) ++in_last_second;
  }
  if (total >= kUserStatusPerStep) {
    return "more than " + std::to_string(kUserStatusPerStep) + " of one step";
  }
  if (in_last_second >= kUserStatusPerSecond) {
    return "more than " + std::to_string(kUserStatusPerSecond) + " in a second";
  }
  return std::nullopt;
}

bool already_warned(const std::string& file, std::string_view note) {
  const std::vector<StatusRecord> records = StatusReader(file).history();
  return std::any_of(records.begin(), records.end(), [note](const StatusRecord& record) {
    return record.state == "WARNING" && record.note == note;
  });
}

}  // namespace

UserStatusResult set_user_status(const std::string& status_file, std::string_view state,
                                 std::string_view note, StampForm form) {
  StatusFile file(status_file, {.mode = 0666, .form = form});
  const auto result = [&file](bool written, UserStatus outcome) {
    return written ? UserStatusResult{outcome, {}}
                   : UserStatusResult{UserStatus::failed, file.last_error()};
  };
  if (const auto reason = over_the_rate(status_file, wall_now())) {
    const std::string warning = std::string(kDroppedNote) + *reason;
    if (already_warned(status_file, warning)) return {UserStatus::dropped, {}};
    return result(file.set("WARNING", warning), UserStatus::dropped);
  }
  const StateInfo* known = find_state(state);
  if (known != nullptr && !known->from_step) {
    const std::string rejected = "(" + std::string(state) + ") " + std::string(note);
    return result(file.set("INVALID", rejected), UserStatus::written);
  }
  return result(file.set(state, note), UserStatus::written);
}

}  // namespace stepreg::exec
