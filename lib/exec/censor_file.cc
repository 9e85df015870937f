#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "base/fs.h"
#include "base/unique_fd.h"
#include "exec/censor.h"

namespace stepreg::exec {

namespace {

constexpr std::size_t kBlock = 256U << 10;

// Gives the whole file to `receive`, block by block; false when reading failed (errno).
template <class Receive>
bool for_each_block(int fd, Receive receive) {
  std::string block(kBlock, '\0');
  while (true) {
    const ssize_t got = ::read(fd, block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return false;
    if (got == 0) return true;
    if (!receive(block.data(), static_cast<std::size_t>(got))) return errno == 0;
  }
}

// Copies with secrets replaced.
bool copy_censored(int from, int to, const Censor& censor) {
  CensorStream stream(censor);
  bool written = true;
  const bool read = for_each_block(from, [&](char* bytes, std::size_t size) {
    written = write_all(to, stream.feed(bytes, size));
    return written;
  });
  return written && read && write_all(to, stream.finish());
}

}  // namespace

Result<bool> Censor::censor_file(const std::string& path) const {
  if (empty()) return false;
  const UniqueFd in(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (!in.valid()) return system_error(path, "open", errno);
  struct stat info {};
  if (::fstat(in.get(), &info) != 0) return system_error(path, "read", errno);
  if (!S_ISREG(info.st_mode)) return Error{Error::Code::invalid, path + ": is not a regular file"};

  // Most files have no secret: look first, write only then.
  bool dirty = false;
  std::string tail;
  errno = 0;
  const bool read = for_each_block(in.get(), [&](char* bytes, std::size_t size) {
    std::vector<Range> found;
    tail.append(bytes, size);
    find(tail, found);
    dirty = !found.empty();
    tail.erase(0, tail.size() - held_suffix(tail));
    errno = 0;
    return !dirty;
  });
  if (!read) return system_error(path, "read", errno);
  if (!dirty) return false;

  std::string temporary = path + ".XXXXXX";
  UniqueFd out(::mkostemp(temporary.data(), O_CLOEXEC));
  if (!out.valid()) return system_error(path, "censor", errno);
  const bool done = ::lseek(in.get(), 0, SEEK_SET) == 0 &&
                    copy_censored(in.get(), out.get(), *this) &&
                    ::fchmod(out.get(), info.st_mode & 07777) == 0 &&
                    ::rename(temporary.c_str(), path.c_str()) == 0;
  if (done) return true;
  const int error = errno;
  ::unlink(temporary.c_str());
  return system_error(path, "censor", error);
}

}  // namespace stepreg::exec
