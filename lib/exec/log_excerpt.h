// The end of a step's log, fit to be shown to people.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stepreg::exec {

struct LogExcerpt {
  std::vector<std::string> lines;  // the last ones, oldest first; cleaned, valid UTF-8
  std::uint64_t bytes_before = 0;  // of the log that come before them
};

// At most `max_lines` of the last 64 KiB; lines are cut to 2000 bytes. A missing log has none.
LogExcerpt read_log_excerpt(const std::string& path, std::size_t max_lines);

// One line as a terminal would show it: without escape sequences and control characters; of parts
// that were overwritten after carriage returns only the last one.
std::string terminal_line(std::string_view line);

}  // namespace stepreg::exec
