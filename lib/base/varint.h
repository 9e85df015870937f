// Whole numbers in as few bytes as they need: seven bits each, the lowest first.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace stepreg {

inline void put_varint(std::string& out, std::uint64_t number) {
  for (; number >= 0x80; number >>= 7) out += static_cast<char>(number | 0x80);
  out += static_cast<char>(number);
}

// What ByteReader's piece(varint()) reads.
inline void put_piece(std::string& out, std::string_view bytes) {
  put_varint(out, bytes.size());
  out += bytes;
}

// Reads from the front of a text. After the first number or piece that is not there, ok() is false
// and everything that follows is 0 or empty.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  bool ok() const { return ok_; }
  std::size_t size() const { return rest_.size(); }  // of what is not read yet
  bool at_end() const { return rest_.empty(); }

  std::uint8_t byte() {
    if (rest_.empty()) return fail();
    const auto value = static_cast<std::uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return value;
  }

  std::uint64_t varint() {
    std::uint64_t number = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const std::uint8_t next = byte();
      number |= static_cast<std::uint64_t>(next & 0x7F) << shift;
      if (next < 0x80) return number;
    }
    return fail();
  }

  std::string_view piece(std::uint64_t size) {
    if (size > rest_.size()) {
      fail();
      return {};
    }
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  // For a caller who finds that what was read cannot be.
  std::uint8_t fail() {
    ok_ = false;
    rest_ = {};
    return 0;
  }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace stepreg
