#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "base/fs.h"
#include "base/unique_fd.h"
#include "generate/generate.h"

namespace stepreg::generate {

Writer::Writer(std::string directory)
    : directory_(std::move(directory)), result_(make_directories(directory_)) {}

void Writer::put(const GeneratedFile& file) {
  if (!result_) return;
  const std::string path = join_path(directory_, file.path);
  const std::string parent(parent_path(path));
  if (parent != last_parent_) {
    result_ = make_directories(parent);
    if (!result_) return;
    last_parent_ = parent;
  }
  ++files_;
  if (file.link) {
    if (symlink(file.text.c_str(), path.c_str()) != 0) result_ = system_error(path, "link", errno);
    return;
  }
  bytes_ += file.text.size();
  const UniqueFd fd(open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
  if (!fd.valid() || !write_all(fd.get(), file.text)) result_ = system_error(path, "write", errno);
}

}  // namespace stepreg::generate
