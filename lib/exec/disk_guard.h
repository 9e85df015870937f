// What keeps cleanup possible on a full disk (execution.md 2.11): a preallocated file in the run
// directory that is given up at the first "no space" error.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace stepreg::exec {

inline constexpr std::uint64_t kDiskReserveBytes = 16U << 20;  // M071

class DiskGuard {
 public:
  explicit DiskGuard(std::string reserve_path) : path_(std::move(reserve_path)) {}
  // Called once, when the reserve is given up.
  void on_full(std::function<void()> callback) { on_full_ = std::move(callback); }

  Result<void> allocate();
  void remove();  // at the end of the run
  bool full() const { return full_; }

  // Writes all bytes. When the disk is full, gives up the reserve and tries once more. False with
  // errno when that fails, too.
  bool write(int fd, std::string_view bytes);
  // Repeats an action that failed for want of space after giving up the reserve.
  Result<void> retry(const std::function<Result<void>()>& action);

 private:
  bool give_up();  // false: it was given up before

  std::string path_;
  std::function<void()> on_full_;
  bool full_ = false;
};

}  // namespace stepreg::exec
