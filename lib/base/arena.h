// Storage for texts that must stay where they are. Views stay valid until the arena is destroyed.
#pragma once

#include <algorithm>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace stepreg {

class Arena {
 public:
  std::string_view keep(std::string_view text) {
    if (text.empty()) return {};
    if (text.size() > left_) grow(text.size());
    std::memcpy(next_, text.data(), text.size());
    const std::string_view kept(next_, text.size());
    next_ += text.size();
    left_ -= text.size();
    return kept;
  }

 private:
  // Most arenas are those of small documents, and hold a word or two.
  static constexpr std::size_t kFirstBlockBytes = 256, kLastBlockBytes = 16384;

  void grow(std::size_t wanted) {
    left_ = std::max(wanted, block_bytes_);
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(left_));
    next_ = blocks_.back().get();
    block_bytes_ = std::min(2 * block_bytes_, kLastBlockBytes);
  }

  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
  std::size_t block_bytes_ = kFirstBlockBytes;  // of the next one
};

}  // namespace stepreg
