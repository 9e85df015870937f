#include "exec/censor.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/base64.h"
#include "base/fs.h"
#include "base/text.h"

namespace stepreg::exec {

namespace {

constexpr std::size_t kSlots = 1U << 16;
constexpr int kDeepestDirectory = 16;
// Shorter pieces of base64 text occur by chance.
constexpr std::size_t kShortestPiece = 8;

// As it looks inside a JSON string.
std::string json_form(std::string_view value) {
  std::string text;
  for (const char c : value) {
    switch (c) {
      case '"':
        text += "\\\"";
        break;
      case '\\':
        text += "\\\\";
        break;
      case '\n':
        text += "\\n";
        break;
      case '\r':
        text += "\\r";
        break;
      case '\t':
        text += "\\t";
        break;
      default:
        text += c;
    }
  }
  return text;
}

}  // namespace

Censor::Censor() = default;

void Censor::add_pattern(std::string_view pattern) {
  if (pattern.size() >= kShortestSecret) patterns_.emplace_back(pattern);
}

// A secret may start at any of three places of a group of base64 digits. Digits that also depend on
// its neighbours are left out.
void Censor::add_base64(std::string_view value, bool url_safe) {
  add_pattern(base64(value, url_safe));
  for (std::size_t before = 0; before < 3; ++before) {
    const std::string text = base64(std::string(before, '\0') + std::string(value), url_safe);
    const std::size_t begin = (8 * before + 5) / 6;
    const std::size_t end = 8 * (before + value.size()) / 6;
    const std::string_view piece = std::string_view(text).substr(begin, end - begin);
    if (piece.size() >= kShortestPiece) add_pattern(piece);
  }
}

void Censor::add_forms(std::string_view value) {
  const std::string_view bare = trimmed(value);
  if (bare.size() < kShortestSecret || bare == "true" || bare == "false") return;
  for (const std::string_view form : {value, bare}) {
    add_pattern(form);
    add_pattern(json_form(form));
    add_base64(form, false);
    add_base64(form, true);
  }
}

void Censor::add(std::string_view value) {
  add_forms(value);
  index();
}

Result<void> Censor::add_files(const std::string& directory, int depth) {
  if (depth > kDeepestDirectory) {
    return Error{Error::Code::invalid,
                 directory + ": is nested too deeply; is it a loop of links?"};
  }
  const Result<std::vector<DirEntry>> entries = list_directory(directory);
  if (!entries) return entries.error();
  for (const DirEntry& entry : *entries) {
    const std::string path = join_path(directory, entry.name);
    if (is_directory(path)) {
      if (Result<void> done = add_files(path, depth + 1); !done) return done;
      continue;
    }
    const Result<std::string> value = read_file(path, kLargestSecretFile);
    if (!value) return value.error();
    add_forms(*value);
  }
  return {};
}

Result<void> Censor::add_directory(const std::string& directory) {
  Result<void> done = add_files(directory, 0);
  index();
  return done;
}

std::uint32_t Censor::slot_of(const char* sample) const {
  if (gram_ == 2) {
    std::uint16_t bytes = 0;
    std::memcpy(&bytes, sample, sizeof bytes);
    return bytes;
  }
  std::uint32_t bytes = 0;
  std::memcpy(&bytes, sample, sizeof bytes);
  return bytes * 2654435761U >> 16;  // multiplicative hashing, Knuth 6.4
}

void Censor::index() {
  std::sort(patterns_.begin(), patterns_.end());
  patterns_.erase(std::unique(patterns_.begin(), patterns_.end()), patterns_.end());
  if (patterns_.empty()) return;
  shortest_ = patterns_.front().size();
  longest_ = 0;
  for (const std::string& pattern : patterns_) {
    shortest_ = std::min(shortest_, pattern.size());
    longest_ = std::max(longest_, pattern.size());
  }
  gram_ = shortest_ >= 8 ? 4 : 2;
  anchors_.assign(1, Anchor{});  // index 0 ends a chain
  slots_.assign(kSlots, 0);
  present_.assign(kSlots / 64, 0);
  for (std::uint32_t p = 0; p < patterns_.size(); ++p) {
    for (std::uint32_t offset = 0; offset + gram_ <= shortest_; ++offset) {
      const std::uint32_t slot = slot_of(patterns_[p].data() + offset);
      anchors_.push_back({p, offset, slots_[slot]});
      slots_[slot] = static_cast<std::uint32_t>(anchors_.size() - 1);
      present_[slot / 64] |= std::uint64_t{1} << slot % 64;
    }
  }
}

void Censor::find(std::string_view text, std::vector<Range>& found) const {
  if (patterns_.empty() || text.size() < shortest_) return;
  const std::size_t stride = shortest_ - gram_ + 1;
  const std::size_t last = text.size() - gram_;
  for (std::size_t at = shortest_ - gram_; at <= last; at += stride) {
    const std::uint32_t slot = slot_of(text.data() + at);
    if ((present_[slot / 64] >> slot % 64 & 1) == 0) continue;
    for (std::uint32_t a = slots_[slot]; a != 0; a = anchors_[a].next) {
      const std::string& pattern = patterns_[anchors_[a].pattern];
      const std::size_t begin = at - anchors_[a].offset;
      if (begin + pattern.size() > text.size()) continue;
      if (std::memcmp(text.data() + begin, pattern.data(), pattern.size()) != 0) continue;
      found.push_back({begin, begin + pattern.size()});
    }
  }
}

// The length of the longest end of `text` with which a pattern begins, but does not end.
std::size_t Censor::held_suffix(std::string_view text) const {
  std::size_t longest = 0;
  for (const std::string& pattern : patterns_) {
    std::size_t size = std::min(pattern.size() - 1, text.size());
    while (size > longest) {
      const std::string_view end = text.substr(text.size() - size);
      const void* first = std::memchr(end.data(), pattern.front(), end.size());
      if (first == nullptr) break;
      size -= static_cast<std::size_t>(static_cast<const char*>(first) - end.data());
      if (size <= longest) break;
      if (std::memcmp(text.data() + text.size() - size, pattern.data(), size) == 0) {
        longest = size;
      } else {
        --size;
      }
    }
  }
  return longest;
}

std::string Censor::censored(std::string_view text) const {
  std::string out(text);
  std::vector<Range> found;
  find(text, found);
  for (const Range& range : found) {
    std::fill(out.begin() + static_cast<std::ptrdiff_t>(range.begin),
              out.begin() + static_cast<std::ptrdiff_t>(range.end), 'X');
  }
  return out;
}

std::string_view CensorStream::feed(char* bytes, std::size_t size) {
  if (censor_->empty()) return {bytes, size};
  if (held_.empty()) return split(bytes, size);
  buffer_.assign(held_);
  buffer_.append(bytes, size);
  return split(buffer_.data(), buffer_.size());
}

// Masks what is complete and keeps the rest back, as it was written, so that a secret that began
// there is found when its end arrives.
std::string_view CensorStream::split(char* bytes, std::size_t size) {
  std::vector<Censor::Range> found = std::exchange(masks_, {});
  censor_->find({bytes, size}, found);
  const std::size_t ready = size - censor_->held_suffix({bytes, size});
  held_.assign(bytes + ready, size - ready);
  for (const Censor::Range& range : found) {
    if (range.begin < ready) {
      std::memset(bytes + range.begin, 'X', std::min(range.end, ready) - range.begin);
    }
    if (range.end > ready) {
      masks_.push_back({std::max(range.begin, ready) - ready, range.end - ready});
    }
  }
  return {bytes, ready};
}

std::string CensorStream::finish() {
  std::string rest = std::exchange(held_, {});
  for (const Censor::Range& range : std::exchange(masks_, {})) {
    rest.replace(range.begin, range.end - range.begin, range.end - range.begin, 'X');
  }
  return rest;
}

}  // namespace stepreg::exec
