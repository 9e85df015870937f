// Files, without exceptions. Every failure is an Error whose text names the path.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace stepreg {

// The whole content of a regular file (symbolic links are followed). A file longer than `max_bytes`
// is Code::too_large and is not read; a directory, pipe or device is Code::invalid.
Result<std::string> read_file(const std::string& path, std::uint64_t max_bytes);

// Up to `size` bytes from `offset`; less at the end of the file or after an error.
std::string read_range(int fd, std::size_t offset, std::size_t size);

// Writes beside the target, flushes, and renames: readers see the old or the new content, never
// half. Nothing is left behind on failure. `mode` is that of a new file; an existing one keeps its
// own. Flush::no leaves it to the system when the content reaches the disk: for reports that can be
// made again.
enum class Flush { yes, no };
Result<void> write_file_atomic(const std::string& path, std::string_view content, int mode = 0644,
                               Flush flush = Flush::yes);

// Writes all of `bytes`, going on after interruptions and short writes. On failure errno is set.
bool write_all(int fd, std::string_view bytes);

struct DirEntry {
  enum class Kind { file, directory, link, other };
  std::string name;
  Kind kind = Kind::other;  // of the entry itself: links are not followed
};

// The entries without `.` and `..`, sorted by name as bytes.
Result<std::vector<DirEntry>> list_directory(const std::string& path);

Result<void> make_directories(const std::string& path);  // like mkdir -p
// Removes a file, link or directory with everything below; links are not followed. A missing path
// is no error; what can be removed is removed, and the first failure is returned.
Result<void> remove_tree(const std::string& path);
bool path_exists(const std::string& path);   // links are followed
bool is_directory(const std::string& path);  // links are followed

// Does the path, whatever links are on its way, lead to a regular file without ever leaving the
// directory? False also where the system cannot tell (before Linux 5.6): then real_path() tells.
bool is_file_beneath(int directory, const std::string& path);

// Absolute and without links, `.` and `..`. Of a path that leads nowhere: "", or the path itself.
std::string real_path(const std::string& path);
std::string real_path_or_same(const std::string& path);

std::string join_path(std::string_view directory, std::string_view name);  // "" and "." vanish
std::string_view base_name(std::string_view path);                         // after the last slash
std::string_view parent_path(std::string_view path);  // before it; "" when there is none

}  // namespace stepreg
