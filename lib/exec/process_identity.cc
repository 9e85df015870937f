#include "exec/process_identity.h"

#include <unistd.h>

#include <charconv>
#include <optional>
#include <string_view>

#include "base/fs.h"
#include "base/text.h"

namespace stepreg::exec {

namespace {

struct Stat {
  char state = '?';
  std::uint64_t start_ticks = 0;
};

std::optional<Stat> read_stat(std::int64_t pid) {
  const Result<std::string> text = read_file("/proc/" + std::to_string(pid) + "/stat", 65536);
  if (!text) return std::nullopt;
  // The second field is the program's name in parentheses and may contain anything.
  const std::size_t end = text->rfind(')');
  if (end == std::string::npos) return std::nullopt;
  const auto fields = split(std::string_view(*text).substr(end + 1), ' ');
  constexpr std::size_t kState = 1;        // field 3; the first part here is empty
  constexpr std::size_t kStartTicks = 20;  // field 22
  if (fields.size() <= kStartTicks || fields[kState].empty()) return std::nullopt;
  Stat stat{fields[kState].front(), 0};
  const std::string_view ticks = fields[kStartTicks];
  std::from_chars(ticks.data(), ticks.data() + ticks.size(), stat.start_ticks);
  return stat;
}

}  // namespace

const std::string& boot_id() {
  static const std::string id = [] {
    const Result<std::string> text = read_file("/proc/sys/kernel/random/boot_id", 4096);
    return text ? std::string(trimmed(*text)) : std::string();
  }();
  return id;
}

std::uint64_t start_ticks_of(std::int64_t pid) {
  const auto stat = read_stat(pid);
  return stat ? stat->start_ticks : 0;
}

ProcessIdentity self_identity() {
  const std::int64_t pid = ::getpid();
  return {pid, start_ticks_of(pid), boot_id()};
}

bool is_alive(const ProcessIdentity& process) {
  if (process.pid <= 0 || process.boot_id != boot_id()) return false;
  const auto stat = read_stat(process.pid);
  return stat && stat->start_ticks == process.start_ticks && stat->state != 'Z' &&
         stat->state != 'X';
}

}  // namespace stepreg::exec
