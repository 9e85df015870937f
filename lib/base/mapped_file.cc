#include "base/mapped_file.h"

#include <sys/mman.h>

namespace stepreg {

std::shared_ptr<const MappedFile> MappedFile::of(int fd, std::size_t size) {
  if (size == 0) return nullptr;
  void* const begin = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
  if (begin == MAP_FAILED) return nullptr;
  return std::shared_ptr<const MappedFile>(new MappedFile({static_cast<const char*>(begin), size}));
}

MappedFile::~MappedFile() {
  ::munmap(const_cast<char*>(bytes_.data()), bytes_.size());
}

}  // namespace stepreg
