// A directory for one task that vanishes with everything in it.
#pragma once

#include <string>

namespace stepreg {

class TemporaryDirectory {
 public:
  TemporaryDirectory();  // in TMPDIR or /tmp; only this user may enter it
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

  const std::string& path() const { return path_; }  // "" when it could not be made

 private:
  std::string path_;
};

}  // namespace stepreg
