// What earlier runs made of the files of a tree, by path, in one file in the user's cache
// directory: parsed documents, listings of directories, and what was found in a file. Any number of
// runs may use it at once: it is only ever replaced as a whole. A file that is damaged, foreign or
// of another build counts as absent; a failure to write is nobody's trouble. One that no run has
// used for a month is removed when another is written.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/mapped_file.h"
#include "base/unique_fd.h"
#include "load/file_tree.h"

namespace stepreg::load {

// What is kept of a file; good as long as the mapping of the cache.
struct KeptFile {
  std::string_view text;  // UTF-8, as make_source() gives it; may have been left out
  std::string_view made;  // what was made of it
};

class FileCache {
 public:
  // `kind` is the directory of such caches. `variant` tells those of one tree apart that are kept
  // side by side. Null when the user has no cache directory.
  static std::unique_ptr<FileCache> of_tree(const std::string& kind, const std::string& real_root,
                                            const std::string& variant = "");
  // `path` need not exist. `build` tells builds apart that may make something else.
  FileCache(std::string path, std::string tree, std::string build);
  // Writes what find_made() and keep() have gathered when that saves the next run some time.
  ~FileCache();
  FileCache(const FileCache&) = delete;
  FileCache& operator=(const FileCache&) = delete;

  // The file as it was kept, when its stamp says that it is still the same.
  std::optional<KeptFile> find(const std::string& path, const FileStamp& stamp) const;
  // What all that is found points into; outlives the cache. Null when nothing was kept.
  const std::shared_ptr<const MappedFile>& mapping() const { return old_; }
  // What was made of a file with another stamp when the text is the same; "" when it is not.
  std::string find_made(const std::string& path, const FileStamp& stamp, std::string_view text);
  // `stamp` was taken before the file was read. `worth` is the size of what the next run need not
  // look at, in bytes of text.
  void keep(const std::string& path, const FileStamp& stamp, std::string_view text,
            std::string_view made, std::uint64_t worth);

 private:
  struct Entry {
    FileStamp stamp;
    std::uint64_t offset = 0, text_bytes = 0, made_bytes = 0;
    std::uint64_t worth = 0;
    std::uint64_t checksum = 0;  // of text and what was made of it
    bool is_new = false;         // its bytes stand in the file that is being written
  };

  std::string header() const;
  bool read_footer();
  std::string_view old_path(std::size_t number) const;
  std::optional<Entry> entry_behind(std::string_view old_path) const;
  std::size_t first_not_before(const std::string& path) const;
  std::optional<Entry> old_entry(const std::string& path) const;
  std::optional<KeptFile> load(const Entry& entry) const;
  FileStamp trusted(const FileStamp& stamp) const;

  void append(Entry& entry, std::string_view text, std::string_view made);
  void put(std::string_view bytes);
  void flush();
  bool open_new();
  bool is_worth_writing() const;
  void copy_old();
  std::string index(std::size_t& count, std::uint64_t& worth) const;
  void write();
  void remove_left_over() const;

  const std::string path_, tree_, build_;
  const std::uint64_t started_;            // nanoseconds since 1970
  std::shared_ptr<const MappedFile> old_;  // the file that is there; null when there is none
  std::string_view old_index_;             // its entries, sorted by path, and where they begin
  std::size_t old_count_ = 0;
  std::uint64_t kept_worth_ = 0;               // of the old file
  mutable std::atomic<std::size_t> guess_{0};  // the entry that may be asked for next
  std::mutex mutex_;                           // of all below
  std::map<std::string, Entry>
      entries_;                  // what this run adds to the old ones, or puts in their place
  std::uint64_t new_worth_ = 0;  // of what had to be made in this run
  UniqueFd new_;                 // the file that will replace it
  std::string new_path_;         // "" when there is none
  std::string unwritten_;
  std::uint64_t new_offset_ = 0;
  bool failed_ = false;
};

}  // namespace stepreg::load
