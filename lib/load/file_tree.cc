#include "load/file_tree.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "load/file_cache.h"

namespace stepreg::load {

DirectoryTree::DirectoryTree(std::string directory)
    : FileTree(std::move(directory)),
      real_root_(real_path(root())),
      root_fd_(::open(real_root_.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)) {}

DirectoryTree::~DirectoryTree() = default;

Result<std::vector<DirEntry>> DirectoryTree::list(const std::string& directory) const {
  const std::string path = shown(directory);
  return list_directory(path.empty() ? "." : path);  // the root `.` is shown as nothing
}

LinkTarget DirectoryTree::follow(const std::string& link) const {
  // Most links; what follows asks the system about every part of the path.
  if (is_file_beneath(root_fd_.get(), link)) return {LinkTarget::Kind::file, ""};
  const std::string target = real_path(shown(link));
  if (target.empty()) return {};
  if (is_directory(target)) return {LinkTarget::Kind::directory, ""};
  const bool inside = target.starts_with(real_root_ + "/");
  return {LinkTarget::Kind::file, inside ? "" : target};
}

Result<std::string> DirectoryTree::read(const std::string& path, std::uint64_t max_bytes) const {
  return read_file(shown(path), max_bytes);
}

std::optional<FileStamp> DirectoryTree::stamp(const std::string& path) const {
  struct stat info {};
  // From the root on: the system looks at less of the path.
  if (::fstatat(root_fd_.get(), path.c_str(), &info, 0) != 0) return std::nullopt;
  if (!S_ISREG(info.st_mode)) return std::nullopt;
  const auto nanoseconds = [](const timespec& time) {
    return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000 +
           static_cast<std::uint64_t>(time.tv_nsec);
  };
  return FileStamp{static_cast<std::uint64_t>(info.st_size), nanoseconds(info.st_mtim),
                   nanoseconds(info.st_ctim), info.st_dev, info.st_ino};
}

void DirectoryTree::use_cache() {
  if (!real_root_.empty()) cache_ = FileCache::of_tree("documents", real_root_);
}

}  // namespace stepreg::load
