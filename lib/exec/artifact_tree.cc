#include "exec/artifact_tree.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <optional>
#include <string_view>
#include <tuple>

#include "base/fs.h"
#include "base/result.h"
#include "base/text.h"

namespace stepreg::exec {

namespace {

constexpr int kDeepest = 200;

std::optional<std::string> link_target(const std::string& path) {
  char target[PATH_MAX];
  const ssize_t size = ::readlink(path.c_str(), target, sizeof target);
  if (size < 0 || size == static_cast<ssize_t>(sizeof target)) return std::nullopt;
  return std::string(target, static_cast<std::size_t>(size));
}

class Cleaner {
 public:
  explicit Cleaner(const std::string& root) : root_(root), real_root_(real_path_or_same(root)) {}

  ArtifactTree clean() {
    directory("", 0);
    return std::move(tree_);
  }

 private:
  std::string full(const std::string& path) const { return join_path(root_, path); }

  void warn(const std::string& path, std::string_view text) {
    tree_.warnings.push_back(in_quotes(path) + " " + std::string(text));
  }

  void drop(const std::string& path, std::string_view why) {
    ::unlink(full(path).c_str());
    warn(path, std::string(why) + " and is not published");
  }

  void directory(const std::string& path, int depth) {
    if (depth > kDeepest) {
      warn(path, "is nested too deeply; what is below was not looked at");
      return;
    }
    Result<std::vector<DirEntry>> entries = list_directory(full(path));
    if (!entries && ::chmod(full(path).c_str(), 0700) == 0) entries = list_directory(full(path));
    if (!entries) {
      tree_.warnings.push_back(entries.error().text);
      return;
    }
    for (const DirEntry& entry : *entries) {
      const std::string below = path.empty() ? entry.name : path + "/" + entry.name;
      switch (entry.kind) {
        case DirEntry::Kind::directory:
          directory(below, depth + 1);
          break;
        case DirEntry::Kind::file:
          file(below);
          break;
        case DirEntry::Kind::link:
          link(path, below, depth);
          break;
        case DirEntry::Kind::other:
          drop(below, "is neither a file nor a directory");
      }
    }
  }

  void file(const std::string& path) {
    struct stat info {};
    if (::lstat(full(path).c_str(), &info) != 0) return;
    tree_.files.push_back({path, static_cast<std::uint64_t>(info.st_size),
                           std::int64_t{info.st_mtim.tv_sec} * 1000000000 + info.st_mtim.tv_nsec});
  }

  // `depth`: of the directory that holds the link.
  void link(const std::string& parent, const std::string& path, int depth) {
    const auto target = link_target(full(path));
    if (!target) return drop(path, "is a link that cannot be read");
    const std::string real = real_path(full(path));
    if (!real.empty() && !is_inside(real)) return drop(path, "is a link that leads outside");
    if (!target->starts_with('/')) {
      if (real.empty() && climbs_out(*target, depth)) drop(path, "is a link that leads outside");
      return;
    }
    if (real.empty()) return drop(path, "is a link to an absolute path that does not exist");
    const std::string real_parent = real_path(full(parent));
    if (real_parent.empty()) return;
    make_relative(path, real, real_parent);
  }

  bool is_inside(const std::string& real) const {
    return real == real_root_ || real.starts_with(real_root_ + "/");
  }

  static bool climbs_out(const std::string& target, int depth) {
    for (const std::string_view part : split(target, '/')) {
      if (part.empty() || part == ".") continue;
      depth += part == ".." ? -1 : 1;
      if (depth < 0) return true;
    }
    return false;
  }

  void make_relative(const std::string& path, const std::string& real, const std::string& parent) {
    std::string relative;
    const std::string below_root = parent.substr(real_root_.size());
    for (const char c : below_root) {
      if (c == '/') relative += "../";
    }
    const std::string rest = real.substr(std::min(real.size(), real_root_.size() + 1));
    relative += rest.empty() ? "." : rest;
    ::unlink(full(path).c_str());
    if (::symlink(relative.c_str(), full(path).c_str()) != 0) {
      warn(path, "is a link that could not be kept");
    }
  }

  std::string root_;
  std::string real_root_;
  ArtifactTree tree_;
};

}  // namespace

ArtifactTree clean_artifacts(const std::string& root) {
  return Cleaner(root).clean();
}

std::vector<std::string> limit_artifacts(const std::string& root, ArtifactTree& tree,
                                         std::uint64_t max_bytes) {
  std::uint64_t total = 0;
  for (const ArtifactFile& file : tree.files) total += file.bytes;
  std::vector<std::string> dropped;
  if (total <= max_bytes) return dropped;
  std::vector<ArtifactFile> by_size = tree.files;
  std::sort(by_size.begin(), by_size.end(), [](const ArtifactFile& a, const ArtifactFile& b) {
    return std::tie(b.bytes, b.modified_ns, a.path) < std::tie(a.bytes, a.modified_ns, b.path);
  });
  for (const ArtifactFile& file : by_size) {
    if (total <= max_bytes) break;
    if (::unlink(join_path(root, file.path).c_str()) != 0) continue;
    total -= file.bytes;
    dropped.push_back(file.path);
  }
  std::sort(dropped.begin(), dropped.end());
  std::erase_if(tree.files, [&dropped](const ArtifactFile& file) {
    return std::binary_search(dropped.begin(), dropped.end(), file.path);
  });
  return dropped;
}

}  // namespace stepreg::exec
