// What earlier runs read and parsed of a tree, in one file for each tree in the user's cache
// directory. Any number of runs may use it at once: it is only ever replaced as a whole. A file
// that is damaged, foreign or of another build counts as absent; a failure to write is nobody's
// trouble.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/unique_fd.h"
#include "load/file_tree.h"

namespace stepreg::load {

struct KeptFile {
  std::string text;      // UTF-8, as make_source() gives it
  std::string document;  // packed; empty for a file that is not parsed
};

class DocumentCache {
 public:
  // Null when the user has no cache directory.
  static std::unique_ptr<DocumentCache> of_tree(const std::string& real_root);
  // `path` need not exist. `build` tells builds apart that may parse differently.
  DocumentCache(std::string path, std::string tree, std::string build);
  // Writes what find() and keep() have gathered when that saves the next run some time.
  ~DocumentCache();
  DocumentCache(const DocumentCache&) = delete;
  DocumentCache& operator=(const DocumentCache&) = delete;

  // The file as it was kept, when its stamp says that it is still the same.
  std::optional<KeptFile> find(const std::string& path, const FileStamp& stamp);
  // The packed document of a file with another stamp when the text is the same; "" when it is not.
  std::string find_document(const std::string& path, const FileStamp& stamp, std::string_view text);
  // `stamp` was taken before the file was read.
  void keep(const std::string& path, const FileStamp& stamp, std::string_view text,
            std::string_view document);

 private:
  struct Entry {
    FileStamp stamp;
    std::uint64_t offset = 0, text_bytes = 0, document_bytes = 0;
    std::uint32_t checksum = 0;  // of text and document
    bool is_new = false;         // its bytes stand in the file that is being written
  };

  std::string header() const;
  bool read_index();
  bool parse_index(std::string_view index, std::uint64_t end);
  std::optional<Entry> old_entry(const std::string& path);
  std::optional<KeptFile> load(const Entry& entry) const;
  FileStamp trusted(const FileStamp& stamp) const;

  void append(Entry& entry, std::string_view text, std::string_view document);
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
  std::mutex mutex_;             // of all below
  std::unordered_map<std::string, Entry> entries_;
  std::uint64_t kept_bytes_ = 0;  // of text, in the old file
  std::uint64_t new_bytes_ = 0;   // of text that had to be read in this run
  UniqueFd new_;                  // the file that will replace it
  std::string new_path_;          // "" when there is none
  std::string unwritten_;
  std::uint64_t new_offset_ = 0;
  bool failed_ = false;
};

}  // namespace stepreg::load
