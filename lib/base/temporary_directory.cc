#include "base/temporary_directory.h"

#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "base/fs.h"

namespace stepreg {

TemporaryDirectory::TemporaryDirectory() {
  std::error_code failure;
  std::string pattern = std::filesystem::temp_directory_path(failure).string() + "/stepreg-XXXXXX";
  if (!failure && ::mkdtemp(pattern.data()) != nullptr) path_ = pattern;
}

TemporaryDirectory::~TemporaryDirectory() {
  if (!path_.empty()) (void)remove_tree(path_);
}

}  // namespace stepreg
