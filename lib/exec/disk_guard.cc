#include "exec/disk_guard.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "base/fs.h"
#include "base/unique_fd.h"

namespace stepreg::exec {

Result<void> DiskGuard::allocate() {
  UniqueFd fd(::open(path_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
  if (!fd.valid()) return system_error(path_, "create", errno);
  const int error = ::posix_fallocate(fd.get(), 0, kDiskReserveBytes);
  if (error == 0) return {};
  ::unlink(path_.c_str());
  return system_error(path_, "reserve space for cleanup in", error);
}

void DiskGuard::remove() {
  ::unlink(path_.c_str());
}

bool DiskGuard::give_up() {
  if (full_) return false;
  full_ = true;
  ::unlink(path_.c_str());
  if (on_full_) on_full_();
  return true;
}

bool DiskGuard::write(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t done = ::write(fd, bytes.data(), bytes.size());
    if (done > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(done));
      continue;
    }
    if (done < 0 && errno == EINTR) continue;
    const int error = errno;
    if ((error == ENOSPC || error == EDQUOT) && give_up()) continue;
    errno = error;
    return false;
  }
  return true;
}

Result<void> DiskGuard::retry(const std::function<Result<void>()>& action) {
  Result<void> first = action();
  if (first || first.error().code != Error::Code::no_space || !give_up()) return first;
  return action();
}

}  // namespace stepreg::exec
