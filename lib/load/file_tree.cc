#include "load/file_tree.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include <algorithm>
#include <array>

#include "base/varint.h"
#include "load/file_cache.h"

namespace stepreg::load {

namespace {

// Makes a listing worth keeping: looking at a directory takes as long as reading so much text.
constexpr std::uint64_t kListingWorth = 1 << 10;

// File systems on which the times of a directory change with its entries, as POSIX asks for. Not
// those of other machines, which may be told late or never.
bool is_local(int fd) {
  constexpr std::uint32_t kXfs = 0x58465342, kZfs = 0x2FC12FC1;  // not in linux/magic.h
  constexpr std::array<std::uint32_t, 7> kLocal{EXT4_SUPER_MAGIC,
                                                BTRFS_SUPER_MAGIC,
                                                F2FS_SUPER_MAGIC,
                                                OVERLAYFS_SUPER_MAGIC,
                                                TMPFS_MAGIC,
                                                kXfs,
                                                kZfs};
  struct statfs info {};
  if (::fstatfs(fd, &info) != 0) return false;
  return std::find(kLocal.begin(), kLocal.end(), static_cast<std::uint32_t>(info.f_type)) !=
         kLocal.end();
}

FileStamp stamp_of(const struct stat& info) {
  const auto nanoseconds = [](const timespec& time) {
    return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000 +
           static_cast<std::uint64_t>(time.tv_nsec);
  };
  return {static_cast<std::uint64_t>(info.st_size), nanoseconds(info.st_mtim),
          nanoseconds(info.st_ctim), info.st_dev, info.st_ino};
}

std::string pack(const std::vector<DirEntry>& entries) {
  std::string out;
  for (const DirEntry& entry : entries) {
    put_varint(out, static_cast<std::uint64_t>(entry.kind));
    put_piece(out, entry.name);
  }
  return out;
}

std::optional<std::vector<DirEntry>> unpack(std::string_view bytes) {
  std::vector<DirEntry> entries;
  ByteReader reader(bytes);
  while (!reader.at_end()) {
    const std::uint64_t kind = reader.varint();
    const std::string_view name = reader.piece(reader.varint());
    if (!reader.ok() || kind > static_cast<std::uint64_t>(DirEntry::Kind::other)) {
      return std::nullopt;
    }
    entries.push_back({std::string(name), static_cast<DirEntry::Kind>(kind)});
  }
  return entries;
}

}  // namespace

DirectoryTree::DirectoryTree(std::string directory)
    : FileTree(std::move(directory)),
      real_root_(real_path(root())),
      root_fd_(::open(real_root_.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)) {}

DirectoryTree::~DirectoryTree() = default;

Result<std::vector<DirEntry>> DirectoryTree::list(const std::string& directory) const {
  const auto stamp = directory_stamp(directory);
  const std::string key = directory + "/";  // as no file is called
  if (const auto kept = stamp ? cache_->find(key, *stamp) : std::nullopt) {
    if (auto entries = unpack(kept->made)) return std::move(*entries);
  }
  const std::string path = shown(directory);
  auto entries = list_directory(path.empty() ? "." : path);  // the root `.` is shown as nothing
  if (entries && stamp) cache_->keep(key, *stamp, "", pack(*entries), kListingWorth);
  return entries;
}

// Nullopt for one whose listing must not be kept.
std::optional<FileStamp> DirectoryTree::directory_stamp(const std::string& path) const {
  struct stat info {};
  if (!keeps_listings_) return std::nullopt;
  if (::fstatat(root_fd_.get(), path.c_str(), &info, AT_EMPTY_PATH) != 0) return std::nullopt;
  if (!S_ISDIR(info.st_mode) || info.st_dev != root_device_) return std::nullopt;
  return stamp_of(info);
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
  return stamp_of(info);
}

void DirectoryTree::use_cache() {
  if (!real_root_.empty()) cache_ = FileCache::of_tree("documents", real_root_);
  struct stat info {};
  keeps_listings_ =
      cache_ != nullptr && is_local(root_fd_.get()) && ::fstat(root_fd_.get(), &info) == 0;
  root_device_ = info.st_dev;
}

}  // namespace stepreg::load
