#include "base/cache_directory.h"

#include <cstdlib>

#include "base/fs.h"

namespace stepreg {

namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

std::string cache_directory(const std::string& name) {
  std::string base = environment("XDG_CACHE_HOME");
  if (!base.starts_with('/')) {  // a relative path is to be ignored
    base = environment("HOME");
    if (base.empty()) return "";
    base += "/.cache";
  }
  base += "/stepreg";
  return name.empty() ? base : join_path(base, name);
}

}  // namespace stepreg
