// What earlier runs made of the files of a tree, by path, in one file in the user's cache
// directory: parsed documents, and what was found in a file. Any number of runs may use it at once:
// it is only ever replaced as a whole. A file that is damaged, foreign or of another build counts
// as absent; a failure to write is nobody's trouble. One that no run has used for a month is
// removed when another is written.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/unique_fd.h"
#include "load/file_tree.h"

namespace stepreg::load {

// What is kept of a file.
class KeptFile {
 public:
  KeptFile(std::size_t text_bytes, std::size_t made_bytes)
      : bytes_(std::make_unique_for_overwrite<char[]>(text_bytes + made_bytes)),
        text_bytes_(text_bytes),
        size_(text_bytes + made_bytes) {}

  std::span<char> bytes() { return {bytes_.get(), size_}; }
  // UTF-8, as make_source() gives it; may have been left out.
  std::string_view text() const { return {bytes_.get(), text_bytes_}; }
  // What was made of it.
  std::string_view made() const { return {bytes_.get() + text_bytes_, size_ - text_bytes_}; }

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t text_bytes_, size_;
};

class FileCache {
 public:
  // `kind` is the directory of such caches. `variant` tells those of one tree apart that are kept
  // side by side. Null when the user has no cache directory.
  static std::unique_ptr<FileCache> of_tree(const std::string& kind, const std::string& real_root,
                                            const std::string& variant = "");
  // `path` need not exist. `build` tells builds apart that may make something else.
  FileCache(std::string path, std::string tree, std::string build);
  // Writes what find() and keep() have gathered when that saves the next run some time.
  ~FileCache();
  FileCache(const FileCache&) = delete;
  FileCache& operator=(const FileCache&) = delete;

  // The file as it was kept, when its stamp says that it is still the same.
  std::optional<KeptFile> find(const std::string& path, const FileStamp& stamp);
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
    std::uint32_t checksum = 0;  // of text and what was made of it
    bool is_new = false;         // its bytes stand in the file that is being written
  };
  struct OldEntry {
    std::string_view path;  // in old_index_
    Entry entry;
  };

  std::string header() const;
  bool read_index();
  bool parse_index(std::uint64_t end);
  std::optional<Entry> old_entry(const std::string& path);
  std::optional<KeptFile> load(const Entry& entry) const;
  FileStamp trusted(const FileStamp& stamp) const;

  void append(Entry& entry, std::string_view text, std::string_view made);
  void put(std::string_view bytes);
  void flush();
  bool open_new();
  bool is_worth_writing() const;
  void copy_old();
  std::string index() const;
  void write();
  void remove_left_over() const;

  const std::string path_, tree_, build_;
  const std::uint64_t started_;  // nanoseconds since 1970
  UniqueFd old_;                 // the file that is there; not valid when there is none
  std::string old_index_;
  std::vector<OldEntry> old_entries_;  // sorted by path
  std::uint64_t kept_worth_ = 0;       // of the old file
  std::mutex mutex_;                   // of all below
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
