// The log of one step: censored while it is written, bounded in size, never a reason to fail.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/unique_fd.h"
#include "exec/censor.h"
#include "exec/disk_guard.h"

namespace stepreg::exec {

inline constexpr std::uint64_t kLogBytes = 1ULL << 30;  // default limit of a log (M077)

class OutputLog {
 public:
  // `censor` and `disk` must outlive it. A file that cannot be opened loses the output, no more.
  OutputLog(std::string path, std::uint64_t limit, const Censor& censor, DiskGuard& disk);
  ~OutputLog();
  OutputLog(const OutputLog&) = delete;
  OutputLog& operator=(const OutputLog&) = delete;

  void append(char* bytes, std::size_t size);  // censors in place
  // Writes what was held back and joins beginning and end of a log that became too long.
  void close();

  std::uint64_t bytes() const { return bytes_; }  // of output, whether kept or not
  bool truncated() const { return dropped_ > 0; }
  // The end of the output, censored, without control characters, valid UTF-8.
  std::vector<std::string> last_lines(std::size_t count) const;
  std::string last_line() const;  // the last one that is not blank

 private:
  void keep(std::string_view text);
  void write_end(std::string_view text);
  void join_end();
  void write(std::string_view text);

  std::string path_;
  std::uint64_t limit_;
  CensorStream censor_;
  DiskGuard& disk_;
  UniqueFd file_;
  // Beyond half of the limit, output goes to a second file; when that has a whole half it becomes
  // the older one, and the one before is dropped.
  UniqueFd end_;
  std::uint64_t head_bytes_ = 0;
  std::uint64_t end_bytes_ = 0;
  std::uint64_t older_bytes_ = 0;
  std::uint64_t bytes_ = 0;
  std::uint64_t dropped_ = 0;
  std::string tail_;
  bool closed_ = false;
};

}  // namespace stepreg::exec
