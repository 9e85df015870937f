#include "base/cache_directory.h"

#include "base/environment_variable.h"
#include "base/fs.h"

namespace stepreg {

std::string cache_directory(const std::string& name) {
  std::string base = environment_variable("XDG_CACHE_HOME");
  if (!base.starts_with('/')) {  // a relative path is to be ignored
    base = environment_variable("HOME");
    if (base.empty()) return "";
    base += "/.cache";
  }
  base += "/stepreg";
  return name.empty() ? base : join_path(base, name);
}

}  // namespace stepreg
