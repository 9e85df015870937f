// A file without a disk, for code that reads by path.
#pragma once

#include <string>
#include <string_view>

#include "base/unique_fd.h"

namespace stepreg::fuzz {

class MemoryFile {
 public:
  MemoryFile();
  void fill(std::string_view text);  // replaces the whole content
  const std::string& path() const { return path_; }

 private:
  UniqueFd fd_;
  std::string path_;
};

}  // namespace stepreg::fuzz
