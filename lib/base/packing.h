// Numbers and texts as compact bytes. A text that was written before is written as its number; raw
// bytes stand there as they are.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/varint.h"

namespace stepreg {

class PackWriter {
 public:
  void number(std::uint64_t number) { put_varint(out_, number); }
  void text(std::string_view text);
  void raw(std::string_view bytes) { out_ += bytes; }
  const std::string& bytes() const { return out_; }

 private:
  std::string out_;
  std::deque<std::string> texts_;  // stay where they are
  std::unordered_map<std::string_view, std::size_t> numbers_;
};

// Reads what PackWriter wrote, in the same order. After the first thing that is not there, ok() is
// false and everything that follows is 0 or empty. Texts point into `bytes`.
class PackReader {
 public:
  explicit PackReader(std::string_view bytes) : reader_(bytes) {}

  bool ok() const { return reader_.ok(); }
  bool at_end() const { return reader_.at_end(); }
  std::uint64_t number() { return reader_.varint(); }
  // A number of things that follow, each of at least one byte.
  std::uint64_t count();
  std::string_view text();
  std::string_view raw(std::size_t size) { return reader_.piece(size); }

 private:
  ByteReader reader_;
  std::vector<std::string_view> texts_;
};

}  // namespace stepreg
