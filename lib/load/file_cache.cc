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

// The file: a header, what is kept (each time the text, then what was made of it), the index, a
// footer of fixed size. The index: its entries in the order of their paths, then for each entry in
// four bytes where it begins. So nothing is read of entries that nobody asks for.
constexpr std::string_view kMagic = "stepreg files 3";
constexpr std::size_t kNumberBytes = 8;
constexpr std::size_t kFooterNumbers = 5;  // begin and size of the index, entries, worth, checksum
constexpr std::string_view kFooterMagic = "srd2";
constexpr std::size_t kFooterBytes = kFooterNumbers * kNumberBytes + kFooterMagic.size();
constexpr std::size_t kChecked = (kFooterNumbers - 1) * kNumberBytes;  // with the index
constexpr std::size_t kPlaceBytes = 4;

// A file may be changed twice within what a clock tells apart. A stamp that young when the run
// began proves nothing; the coarsest clocks of file systems tick every two seconds.
constexpr std::uint64_t kRacy = 2'000'000'000;
constexpr FileStamp kNoStamp{UINT64_MAX, 0, 0, 0, 0};

// Writing is worth it when it saves at least some ten milliseconds, and is not done over and over
// for a few files that change.
constexpr std::uint64_t kLeastNewWorth = 256 << 10;
constexpr std::uint64_t kLeastNewPart = 32;  // one in so many
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
  if (read_footer()) return;
  old_.reset();
  old_count_ = 0;
  kept_worth_ = 0;
}

FileCache::~FileCache() {
  if (is_worth_writing()) write();
  if (!new_path_.empty()) ::unlink(new_path_.c_str());
}

std::string FileCache::header() const {
  return std::string(kMagic) + " " + build_ + "\n" + tree_ + "\n";
}

bool FileCache::read_footer() {
  const UniqueFd file(::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  struct stat info {};
  if (!file.valid() || ::fstat(file.get(), &info) != 0 || !S_ISREG(info.st_mode)) return false;
  old_ = MappedFile::of(file.get(), static_cast<std::size_t>(info.st_size));
  if (old_ == nullptr) return false;
  const std::string_view bytes = old_->bytes();
  const std::string header = this->header();
  if (bytes.size() < header.size() + kFooterBytes || !bytes.starts_with(header)) return false;
  if (modified(info) + kDay < started_) ::futimens(file.get(), nullptr);  // still of use
  const std::string_view footer = bytes.substr(bytes.size() - kFooterBytes);
  std::uint64_t numbers[kFooterNumbers];
  for (std::size_t i = 0; i < kFooterNumbers; ++i) {
    numbers[i] = fixed(footer.substr(i * kNumberBytes, kNumberBytes));
  }
  const auto [begin, size, count, worth, checksum] = numbers;
  if (!footer.ends_with(kFooterMagic) || size > kMaxIndexBytes || begin > bytes.size() ||
      begin + size + kFooterBytes != bytes.size() || count > size / kPlaceBytes) {
    return false;
  }
  old_index_ = bytes.substr(begin, size);
  old_count_ = count;
  kept_worth_ = worth;
  return checksum_of(old_index_, footer.substr(0, kChecked)) == checksum;
}

// "" when the index is not in order.
std::string_view FileCache::old_path(std::size_t number) const {
  const std::size_t table = old_index_.size() - old_count_ * kPlaceBytes;
  const std::uint64_t at = fixed(old_index_.substr(table + number * kPlaceBytes, kPlaceBytes));
  if (at >= table) return {};
  ByteReader reader(old_index_.substr(at, table - at));
  return reader.piece(reader.varint());
}

// What the index says behind such a path.
std::optional<FileCache::Entry> FileCache::entry_behind(std::string_view old_path) const {
  if (old_path.empty()) return std::nullopt;
  ByteReader reader({old_path.end(), old_index_.end()});
  Entry entry;
  entry.stamp = read_stamp(reader);
  for (std::uint64_t* part :
       {&entry.offset, &entry.text_bytes, &entry.made_bytes, &entry.worth, &entry.checksum}) {
    *part = reader.varint();
  }
  const std::uint64_t end = old_->bytes().size();
  if (!reader.ok() || entry.offset > end || entry.text_bytes > end - entry.offset ||
      entry.made_bytes > end - entry.offset - entry.text_bytes) {
    return std::nullopt;
  }
  return entry;
}

// Most files are asked for in the order of their paths: the search begins behind the last one, in
// steps that double.
std::size_t FileCache::first_not_before(const std::string& path) const {
  std::size_t low = 0, high = old_count_;
  std::size_t probe = guess_.load(std::memory_order_relaxed);
  if (probe < high && old_path(probe) == path) return probe;
  for (std::size_t step = 1; probe < high; step *= 2) {
    if (old_path(probe) >= path) {
      high = probe;
      break;
    }
    low = probe + 1;
    probe = low + step - 1;
  }
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (old_path(middle) < path) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

std::optional<FileCache::Entry> FileCache::old_entry(const std::string& path) const {
  const std::size_t number = first_not_before(path);
  const std::string_view found = number < old_count_ ? old_path(number) : "";
  if (found != path) return std::nullopt;
  guess_.store(number + 1, std::memory_order_relaxed);
  return entry_behind(found);
}

std::optional<KeptFile> FileCache::load(const Entry& entry) const {
  const std::string_view bytes =
      old_->bytes().substr(entry.offset, entry.text_bytes + entry.made_bytes);
  if (checksum_of(bytes) != entry.checksum) return std::nullopt;
  return KeptFile{bytes.substr(0, entry.text_bytes), bytes.substr(entry.text_bytes)};
}

std::optional<KeptFile> FileCache::find(const std::string& path, const FileStamp& stamp) const {
  const auto entry = old_entry(path);
  return entry && entry->stamp == stamp ? load(*entry) : std::nullopt;
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
  if (!kept || kept->text != text) return {};
  const std::lock_guard lock(mutex_);
  Entry same = *entry;
  same.stamp = trusted(stamp);
  entries_[path] = same;
  new_worth_ += text.size();  // it is worth something not to have to read it again
  return std::string(kept->made);
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
  entry.checksum = checksum_of(text, made);
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
  for (std::size_t i = 0; i < old_count_; ++i) {
    const std::string_view path = old_path(i);
    if (const auto old = entry_behind(path)) entries_.emplace(path, *old);
  }
  for (auto& [path, entry] : entries_) {
    if (entry.is_new || failed_) continue;
    const auto kept = path_exists(join_path(tree_, path)) ? load(entry) : std::nullopt;
    if (kept) append(entry, kept->text, kept->made);
  }
}

std::string FileCache::index(std::size_t& count, std::uint64_t& worth) const {
  std::string out, places;
  for (const auto& [path, entry] : entries_) {
    if (!entry.is_new) continue;
    ++count;
    worth += entry.worth;
    put_fixed(places, out.size(), kPlaceBytes);
    put_piece(out, path);
    put_stamp(out, entry.stamp);
    for (const std::uint64_t number :
         {entry.offset, entry.text_bytes, entry.made_bytes, entry.worth, entry.checksum}) {
      put_varint(out, number);
    }
  }
  return out + places;
}

void FileCache::write() {
  copy_old();
  std::size_t count = 0;
  std::uint64_t worth = 0;
  const std::string index = this->index(count, worth);
  if (index.size() > kMaxIndexBytes) return;
  std::string footer;
  for (const std::uint64_t number :
       {new_offset_, std::uint64_t{index.size()}, std::uint64_t{count}, worth}) {
    put_fixed(footer, number, kNumberBytes);
  }
  put_fixed(footer, checksum_of(index, footer), kNumberBytes);
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
