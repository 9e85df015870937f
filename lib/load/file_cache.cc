#include "load/file_cache.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>

#include <algorithm>

#include "base/build_id.h"
#include "base/cache_directory.h"
#include "base/checksum.h"
#include "base/fs.h"
#include "base/sha256.h"
#include "base/varint.h"

namespace stepreg::load {

namespace {

// The file: a header, the entries (text, then what was made of it), the index, a footer of fixed
// size.
constexpr std::string_view kMagic = "stepreg files 2";
constexpr std::size_t kFooterBytes = 24;
constexpr std::string_view kFooterMagic = "srd1";

// A file may be changed twice within what a clock tells apart. A stamp that young when the run
// began proves nothing; the coarsest clocks of file systems tick every two seconds.
constexpr std::uint64_t kRacy = 2'000'000'000;
constexpr FileStamp kNoStamp{UINT64_MAX, 0, 0, 0, 0};

// Writing is worth it when it saves at least some ten milliseconds, and is not done over and over
// for a few files that change.
constexpr std::uint64_t kLeastNewWorth = 256 << 10;
constexpr std::uint64_t kLeastNewPart = 16;  // one in so many
constexpr std::size_t kBlockBytes = 1 << 20;
constexpr std::uint64_t kMaxIndexBytes = 256 << 20;  // of a million files or so

constexpr std::uint64_t kHour = 3600 * std::uint64_t{1'000'000'000};
constexpr std::uint64_t kDay = 24 * kHour;
constexpr std::uint64_t kForgotten = 30 * kDay;  // since a run has last used it

std::uint64_t modified(const struct stat& info) {
  return static_cast<std::uint64_t>(info.st_mtim.tv_sec) * 1'000'000'000;
}

std::uint64_t now() {
  timespec time{};
  ::clock_gettime(CLOCK_REALTIME, &time);
  return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000 +
         static_cast<std::uint64_t>(time.tv_nsec);
}

void put_fixed(std::string& out, std::uint64_t number, unsigned bytes) {
  for (unsigned i = 0; i < bytes; ++i) out += static_cast<char>(number >> (8 * i));
}

std::uint64_t fixed(std::string_view bytes) {
  std::uint64_t number = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) {
    number = number << 8 | static_cast<std::uint8_t>(bytes[i]);
  }
  return number;
}

void put_stamp(std::string& out, const FileStamp& stamp) {
  for (const std::uint64_t part :
       {stamp.size, stamp.modified, stamp.changed, stamp.device, stamp.inode}) {
    put_varint(out, part);
  }
}

FileStamp read_stamp(ByteReader& reader) {
  FileStamp stamp;
  for (std::uint64_t* part :
       {&stamp.size, &stamp.modified, &stamp.changed, &stamp.device, &stamp.inode}) {
    *part = reader.varint();
  }
  return stamp;
}

}  // namespace

std::unique_ptr<FileCache> FileCache::of_tree(const std::string& kind, const std::string& real_root,
                                              const std::string& variant) {
  const std::string directory = cache_directory(kind);
  const std::string build = build_id();  // another may make something else, of the same version
  if (directory.empty() || build.empty()) return nullptr;
  const std::string name = sha256_hex(real_root + variant).substr(0, 32);
  return std::make_unique<FileCache>(join_path(directory, name), real_root, build);
}

FileCache::FileCache(std::string path, std::string tree, std::string build)
    : path_(std::move(path)), tree_(std::move(tree)), build_(std::move(build)), started_(now()) {
  if (read_index()) return;
  old_.reset();
  old_entries_.clear();
  kept_worth_ = 0;
}

FileCache::~FileCache() {
  if (is_worth_writing()) write();
  if (!new_path_.empty()) ::unlink(new_path_.c_str());
}

std::string FileCache::header() const {
  return std::string(kMagic) + " " + build_ + "\n" + tree_ + "\n";
}

bool FileCache::read_index() {
  old_.reset(::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  struct stat info {};
  if (!old_.valid() || ::fstat(old_.get(), &info) != 0 || !S_ISREG(info.st_mode)) return false;
  const auto size = static_cast<std::uint64_t>(info.st_size);
  const std::string header = this->header();
  if (size < header.size() + kFooterBytes) return false;
  if (read_range(old_.get(), 0, header.size()) != header) return false;
  if (modified(info) + kDay < started_) ::futimens(old_.get(), nullptr);  // still of use
  const std::string footer = read_range(old_.get(), size - kFooterBytes, kFooterBytes);
  if (footer.size() != kFooterBytes) return false;
  const std::string_view view = footer;
  const std::uint64_t begin = fixed(view.substr(0, 8));
  const std::uint64_t length = fixed(view.substr(8, 8));
  if (view.substr(20) != kFooterMagic || length > kMaxIndexBytes || begin > size ||
      begin + length + kFooterBytes != size) {
    return false;
  }
  old_index_ = read_range(old_.get(), begin, length);
  return old_index_.size() == length && checksum_of(old_index_) == fixed(view.substr(16, 4)) &&
         parse_index(begin);
}

bool FileCache::parse_index(std::uint64_t end) {
  ByteReader reader(old_index_);
  while (!reader.at_end()) {
    const std::string_view path = reader.piece(reader.varint());
    const bool is_sorted = old_entries_.empty() || old_entries_.back().path < path;
    Entry entry;
    entry.stamp = read_stamp(reader);
    entry.offset = reader.varint();
    entry.text_bytes = reader.varint();
    entry.made_bytes = reader.varint();
    entry.worth = reader.varint();
    entry.checksum = static_cast<std::uint32_t>(reader.varint());
    if (!reader.ok() || !is_sorted || entry.offset > end || entry.text_bytes > end - entry.offset ||
        entry.made_bytes > end - entry.offset - entry.text_bytes) {
      return false;
    }
    kept_worth_ += entry.worth;
    old_entries_.push_back({path, entry});
  }
  return true;
}

std::optional<KeptFile> FileCache::load(const Entry& entry) const {
  KeptFile kept(entry.text_bytes, entry.made_bytes);
  if (read_range(old_.get(), entry.offset, kept.bytes()) != kept.bytes().size() ||
      checksum_of({kept.bytes().data(), kept.bytes().size()}) != entry.checksum) {
    return std::nullopt;
  }
  return kept;
}

std::optional<FileCache::Entry> FileCache::old_entry(const std::string& path) {
  const auto found = std::lower_bound(
      old_entries_.begin(), old_entries_.end(), path,
      [](const OldEntry& entry, const std::string& wanted) { return entry.path < wanted; });
  if (found == old_entries_.end() || found->path != path) return std::nullopt;
  return found->entry;
}

std::optional<KeptFile> FileCache::find(const std::string& path, const FileStamp& stamp) {
  const auto entry = old_entry(path);
  if (!entry || entry->stamp != stamp) return std::nullopt;
  return load(*entry);
}

FileStamp FileCache::trusted(const FileStamp& stamp) const {
  const bool is_old = std::max(stamp.modified, stamp.changed) + kRacy < started_;
  return is_old ? stamp : kNoStamp;
}

std::string FileCache::find_made(const std::string& path, const FileStamp& stamp,
                                 std::string_view text) {
  const auto entry = old_entry(path);
  if (!entry || entry->text_bytes != text.size() || entry->made_bytes == 0) return {};
  auto kept = load(*entry);
  if (!kept || kept->text() != text) return {};
  const std::lock_guard lock(mutex_);
  Entry same = *entry;
  same.stamp = trusted(stamp);
  entries_[path] = same;
  new_worth_ += text.size();  // it is worth something not to have to read it again
  return std::string(kept->made());
}

void FileCache::keep(const std::string& path, const FileStamp& stamp, std::string_view text,
                     std::string_view made, std::uint64_t worth) {
  const std::lock_guard lock(mutex_);
  Entry entry;
  entry.stamp = trusted(stamp);
  entry.worth = worth;
  append(entry, text, made);
  new_worth_ += worth;
  entries_[path] = entry;
}

// Everything below is called with the lock, or when nobody else is left.
void FileCache::append(Entry& entry, std::string_view text, std::string_view made) {
  if (failed_) return;
  if (new_offset_ == 0) put(header());
  entry.offset = new_offset_;
  entry.text_bytes = text.size();
  entry.made_bytes = made.size();
  entry.checksum = checksum_of(made, checksum_of(text));
  entry.is_new = true;
  put(text);
  put(made);
}

void FileCache::put(std::string_view bytes) {
  unwritten_ += bytes;
  new_offset_ += bytes.size();
  if (unwritten_.size() >= kBlockBytes) flush();
}

void FileCache::flush() {
  failed_ = failed_ || !open_new() || !write_all(new_.get(), unwritten_);
  unwritten_.clear();
}

// Only when there is much to write: a small tree leaves no trace on the disk.
bool FileCache::open_new() {
  if (new_.valid()) return true;
  if (!make_directories(std::string(parent_path(path_)))) return false;
  std::string temporary = path_ + ".XXXXXX";
  new_.reset(::mkostemp(temporary.data(), O_CLOEXEC));
  if (new_.valid()) new_path_ = std::move(temporary);
  return new_.valid();
}

bool FileCache::is_worth_writing() const {
  return !failed_ && new_worth_ >= kLeastNewWorth && new_worth_ * kLeastNewPart >= kept_worth_;
}

// What the run had no use for stays, as long as the file is there.
void FileCache::copy_old() {
  for (const OldEntry& old : old_entries_) entries_.emplace(old.path, old.entry);
  for (auto& [path, entry] : entries_) {
    if (entry.is_new || failed_) continue;
    const auto kept = path_exists(join_path(tree_, path)) ? load(entry) : std::nullopt;
    if (kept) append(entry, kept->text(), kept->made());
  }
}

std::string FileCache::index() const {
  std::string out;
  for (const auto& [path, entry] : entries_) {
    if (!entry.is_new) continue;
    put_piece(out, path);
    put_stamp(out, entry.stamp);
    for (const std::uint64_t number : {entry.offset, entry.text_bytes, entry.made_bytes,
                                       entry.worth, std::uint64_t{entry.checksum}}) {
      put_varint(out, number);
    }
  }
  return out;
}

void FileCache::write() {
  copy_old();
  const std::string index = this->index();
  std::string footer;
  put_fixed(footer, new_offset_, 8);
  put_fixed(footer, index.size(), 8);
  put_fixed(footer, checksum_of(index), 4);
  footer += kFooterMagic;
  put(index);
  put(footer);
  flush();
  if (failed_ || ::rename(new_path_.c_str(), path_.c_str()) != 0) return;
  new_path_.clear();
  remove_left_over();
}

// What killed runs have left, and caches that no run has looked at for long.
void FileCache::remove_left_over() const {
  const std::string directory(parent_path(path_));
  const std::string begin = std::string(base_name(path_)) + ".";
  const auto files = list_directory(directory);
  if (!files) return;
  for (const DirEntry& file : *files) {
    struct stat info {};
    const std::string path = join_path(directory, file.name);
    if (::lstat(path.c_str(), &info) != 0) continue;
    const std::uint64_t limit = file.name.starts_with(begin) ? kHour : kForgotten;
    if (modified(info) + limit < started_) ::unlink(path.c_str());
  }
}

}  // namespace stepreg::load
