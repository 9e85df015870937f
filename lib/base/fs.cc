#include "base/fs.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <memory>
#include <utility>

#include "base/unique_fd.h"

namespace stepreg {

namespace {

DirEntry::Kind kind_of(const std::string& directory, const dirent64& entry) {
  switch (entry.d_type) {
    case DT_REG:
      return DirEntry::Kind::file;
    case DT_DIR:
      return DirEntry::Kind::directory;
    case DT_LNK:
      return DirEntry::Kind::link;
    case DT_UNKNOWN:
      break;
    default:
      return DirEntry::Kind::other;
  }
  struct stat info {};
  if (::lstat(join_path(directory, entry.d_name).c_str(), &info) != 0) return DirEntry::Kind::other;
  if (S_ISREG(info.st_mode)) return DirEntry::Kind::file;
  if (S_ISDIR(info.st_mode)) return DirEntry::Kind::directory;
  if (S_ISLNK(info.st_mode)) return DirEntry::Kind::link;
  return DirEntry::Kind::other;
}

Result<void> fill_temporary(const std::string& temporary, const std::string& path, UniqueFd& fd,
                            std::string_view content, int mode, Flush flush) {
  struct stat old {};
  if (::stat(path.c_str(), &old) == 0) mode = static_cast<int>(old.st_mode & 07777);
  if (!write_all(fd.get(), content)) return system_error(path, "write", errno);
  if (::fchmod(fd.get(), static_cast<mode_t>(mode)) != 0 ||
      (flush == Flush::yes && ::fsync(fd.get()) != 0)) {
    return system_error(path, "write", errno);
  }
  if (::close(fd.release()) != 0) return system_error(path, "write", errno);
  if (::rename(temporary.c_str(), path.c_str()) != 0) return system_error(path, "replace", errno);
  return {};
}

}  // namespace

Result<std::string> read_file(const std::string& path, std::uint64_t max_bytes) {
  // O_NONBLOCK: opening a pipe must not wait for somebody to write to it.
  const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (fd.get() < 0) return system_error(path, "open", errno);
  struct stat info {};
  if (::fstat(fd.get(), &info) != 0) return system_error(path, "read", errno);
  if (S_ISDIR(info.st_mode)) return Error{Error::Code::invalid, path + ": is a directory"};
  if (!S_ISREG(info.st_mode)) return Error{Error::Code::invalid, path + ": is not a regular file"};
  if (static_cast<std::uint64_t>(info.st_size) > max_bytes) {
    return Error{Error::Code::too_large, path + ": has " + std::to_string(info.st_size) +
                                             " bytes; at most " + std::to_string(max_bytes) +
                                             " are read"};
  }
  std::string content(static_cast<std::size_t>(info.st_size), '\0');
  std::size_t used = 0;
  while (true) {
    // The file may grow while it is read: read to its end, with room for one more block.
    if (used == content.size()) content.resize(used + 4096);
    const ssize_t got = ::read(fd.get(), content.data() + used, content.size() - used);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_error(path, "read", errno);
    if (got == 0) break;
    used += static_cast<std::size_t>(got);
    if (used > max_bytes) return Error{Error::Code::too_large, path + ": grows while it is read"};
    if (used == static_cast<std::size_t>(info.st_size)) break;
  }
  content.resize(used);
  return content;
}

std::string read_range(int fd, std::size_t offset, std::size_t size) {
  std::string bytes(size, '\0');
  std::size_t used = 0;
  while (used < size) {
    const ssize_t got =
        ::pread(fd, bytes.data() + used, size - used, static_cast<off_t>(offset + used));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    used += static_cast<std::size_t>(got);
  }
  bytes.resize(used);
  return bytes;
}

Result<void> write_file_atomic(const std::string& path, std::string_view content, int mode,
                               Flush flush) {
  std::string temporary = path + ".XXXXXX";
  UniqueFd fd(::mkostemp(temporary.data(), O_CLOEXEC));
  if (fd.get() < 0) return system_error(path, "create", errno);
  Result<void> written = fill_temporary(temporary, path, fd, content, mode, flush);
  if (!written) ::unlink(temporary.c_str());
  return written;
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t done = ::write(fd, bytes.data(), bytes.size());
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
  return true;
}

Result<std::vector<DirEntry>> list_directory(const std::string& path) {
  // Without readdir(), which makes room for each directory anew: trees have thousands of small
  // ones.
  const UniqueFd directory(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory.valid()) return system_error(path, "list", errno);
  std::vector<DirEntry> entries;
  alignas(dirent64) char block[8 << 10];
  while (true) {
    const ssize_t size = ::getdents64(directory.get(), block, sizeof block);
    if (size == 0 || (size < 0 && errno == ENOENT)) break;  // or it was removed meanwhile
    if (size < 0) return system_error(path, "list", errno);
    for (ssize_t at = 0; at < size;) {
      const auto& entry = *reinterpret_cast<const dirent64*>(block + at);
      const std::string_view name = entry.d_name;
      if (name != "." && name != "..") {
        entries.push_back({std::string(name), kind_of(path, entry)});
      }
      at += entry.d_reclen;
    }
  }
  std::sort(entries.begin(), entries.end(),
            [](const DirEntry& a, const DirEntry& b) { return a.name < b.name; });
  return entries;
}

Result<void> make_directories(const std::string& path) {
  for (std::size_t end = path.find('/', 1);; end = path.find('/', end + 1)) {
    const std::string part = path.substr(0, end);
    if (::mkdir(part.c_str(), 0777) != 0 && errno != EEXIST) {
      return system_error(part, "create", errno);
    }
    if (end == std::string::npos) break;
  }
  if (!is_directory(path)) return system_error(path, "create", ENOTDIR);
  return {};
}

Result<void> remove_tree(const std::string& path) {
  struct stat info {};
  if (::lstat(path.c_str(), &info) != 0) {
    return errno == ENOENT ? Result<void>() : system_error(path, "remove", errno);
  }
  Result<void> result;
  if (S_ISDIR(info.st_mode)) {
    Result<std::vector<DirEntry>> entries = list_directory(path);
    // Our own directory may have been closed to us.
    if (!entries && ::chmod(path.c_str(), 0700) == 0) entries = list_directory(path);
    if (!entries) return entries.error();
    for (const DirEntry& entry : *entries) {
      Result<void> removed = remove_tree(join_path(path, entry.name));
      if (!removed && result) result = removed;
    }
  }
  const bool directory = S_ISDIR(info.st_mode);
  if ((directory ? ::rmdir(path.c_str()) : ::unlink(path.c_str())) != 0 && result) {
    result = system_error(path, "remove", errno);
  }
  return result;
}

bool path_exists(const std::string& path) {
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0;
}

bool is_directory(const std::string& path) {
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

bool is_file_beneath(int directory, const std::string& path) {
  open_how how{};
  how.flags = O_PATH | O_CLOEXEC;
  how.resolve = RESOLVE_BENEATH;
  const UniqueFd fd(
      static_cast<int>(::syscall(SYS_openat2, directory, path.c_str(), &how, sizeof how)));
  struct stat info {};
  return fd.valid() && ::fstat(fd.get(), &info) == 0 && S_ISREG(info.st_mode);
}

std::string real_path(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> resolved(::realpath(path.c_str(), nullptr),
                                                             &std::free);
  return resolved ? std::string(resolved.get()) : std::string();
}

std::string real_path_or_same(const std::string& path) {
  std::string real = real_path(path);
  return real.empty() ? path : real;
}

std::string join_path(std::string_view directory, std::string_view name) {
  if (directory.empty() || directory == ".") return std::string(name);
  if (name.empty() || name == ".") return std::string(directory);
  std::string path(directory);
  if (path.back() != '/') path += '/';
  return path += name;
}

std::string_view base_name(std::string_view path) {
  return path.substr(path.rfind('/') + 1);  // npos + 1 is 0
}

std::string_view parent_path(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
}

}  // namespace stepreg
