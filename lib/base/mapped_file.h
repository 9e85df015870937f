// The bytes of a file without a copy of them.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

namespace stepreg {

// For files that are only ever replaced as a whole: one that somebody cuts short while it is looked
// at ends the program (SIGBUS).
class MappedFile {
 public:
  // The first `size` bytes of an open file, which may be closed afterwards. Null when it cannot be
  // mapped, and when `size` is 0.
  static std::shared_ptr<const MappedFile> of(int fd, std::size_t size);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  std::string_view bytes() const { return bytes_; }

 private:
  explicit MappedFile(std::string_view bytes) : bytes_(bytes) {}
  std::string_view bytes_;
};

}  // namespace stepreg
