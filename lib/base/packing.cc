#include "base/packing.h"

namespace stepreg {

// 0 stands for a new text, n for the n-th one.
void PackWriter::text(std::string_view text) {
  const auto found = numbers_.find(text);
  if (found != numbers_.end()) return number(found->second);
  number(0);
  put_piece(out_, text);
  texts_.emplace_back(text);
  numbers_.emplace(texts_.back(), texts_.size());
}

std::uint64_t PackReader::count() {
  const std::uint64_t count = number();
  if (count <= reader_.size()) return count;
  reader_.fail();
  return 0;
}

std::string_view PackReader::text() {
  const std::uint64_t known = number();
  if (known > 0) {
    if (known <= texts_.size()) return texts_[known - 1];
    reader_.fail();
    return {};
  }
  const std::string_view text = reader_.piece(number());
  if (ok()) texts_.push_back(text);
  return text;
}

}  // namespace stepreg
