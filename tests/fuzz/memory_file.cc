#include "memory_file.h"

#include <sys/mman.h>
#include <unistd.h>

#include "base/check.h"
#include "base/fs.h"

namespace stepreg::fuzz {

MemoryFile::MemoryFile() : fd_(::memfd_create("fuzz", MFD_CLOEXEC)) {
  CHECK(fd_.valid());
  path_ = "/proc/self/fd/" + std::to_string(fd_.get());
}

void MemoryFile::fill(std::string_view text) {
  CHECK(::ftruncate(fd_.get(), 0) == 0);
  CHECK(::lseek(fd_.get(), 0, SEEK_SET) == 0);
  CHECK(write_all(fd_.get(), text));
}

}  // namespace stepreg::fuzz
