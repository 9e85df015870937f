#include "load/file_tree.h"
namespace stepreg::load {

DirectoryTree::DirectoryTree(std::string directory)
    : FileTree(std::move(directory)), real_root_(real_path(root())) {}

Result<std::vector<DirEntry>> DirectoryTree::list(const std::string& directory) const {
  const std::string path = shown(directory);
  return list_directory(path.empty() ? "." : path);  // the root `.` is shown as nothing
}

LinkTarget DirectoryTree::follow(const std::string& link) const {
  const std::string target = real_path(shown(link));
  if (target.empty()) return {};
  if (is_directory(target)) return {LinkTarget::Kind::directory, ""};
  const bool inside = target.starts_with(real_root_ + "/");
  return {LinkTarget::Kind::file, inside ? "" : target};
}

Result<std::string> DirectoryTree::read(const std::string& path, std::uint64_t max_bytes) const {
  return read_file(shown(path), max_bytes);
}

}  // namespace stepreg::load
