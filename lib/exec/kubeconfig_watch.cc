#include <sys/stat.h>

#include <cerrno>
#include <utility>

#include "base/fs.h"
#include "exec/shared_dir.h"

namespace stepreg::exec {

KubeconfigWatch::KubeconfigWatch(SharedDir& shared, std::string private_dir, std::string own_copy)
    : shared_(&shared), private_dir_(std::move(private_dir)), own_copy_(std::move(own_copy)) {
  watched_[0].name = "kubeconfig-minimal";
  watched_[1].name = "kubeconfig";
  for (Watched& file : watched_) {
    file.published = path_exists(join_path(shared_->current_path(), file.name));
  }
}

void KubeconfigWatch::make_own_copy(std::vector<std::string>& warnings) {
  if (own_copy_made_ || own_copy_.empty()) return;
  const std::string source = join_path(shared_->current_path(), "kubeconfig");
  const Result<std::string> text = read_file(source, kSharedDirBytes);
  if (!text) return;  // not there yet
  // A program may have made the file itself meanwhile: it stays.
  if (!path_exists(own_copy_)) {
    if (const Result<void> done = write_file_atomic(own_copy_, *text, 0600); !done) {
      warnings.push_back(done.error().text);
      return;
    }
  }
  own_copy_made_ = true;
}

std::vector<std::string> KubeconfigWatch::poll(std::vector<std::string>& warnings) {
  std::vector<std::string> published;
  for (Watched& file : watched_) {
    if (file.published) continue;
    const std::string path = join_path(private_dir_, file.name);
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) continue;
    const std::int64_t mtime =
        std::int64_t{info.st_mtim.tv_sec} * 1000000000 + info.st_mtim.tv_nsec;
    const bool stable = file.size == info.st_size && file.mtime_ns == mtime;
    file.size = info.st_size;
    file.mtime_ns = mtime;
    if (!stable) continue;
    if (const Result<void> done = shared_->publish(file.name, path); !done) {
      warnings.push_back(done.error().text);
      file.size = -1;  // once per version of the file is enough
      continue;
    }
    file.published = true;
    published.push_back(file.name);
  }
  make_own_copy(warnings);
  return published;
}

bool KubeconfigWatch::finished() const {
  return watched_[0].published && watched_[1].published && (own_copy_made_ || own_copy_.empty());
}

}  // namespace stepreg::exec
