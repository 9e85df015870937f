// Storage for texts that must stay where they are. Views stay valid until the arena is destroyed.
#pragma once

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
  static constexpr std::size_t kBlockBytes = 4096;

  void grow(std::size_t wanted) {
    left_ = wanted > kBlockBytes ? wanted : kBlockBytes;
    blocks_.push_back(std::make_unique<char[]>(left_));
    next_ = blocks_.back().get();
  }

  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
};

}  // namespace stepreg
