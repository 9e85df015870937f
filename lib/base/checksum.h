#pragma once

#include <cstdint>
#include <string_view>

namespace stepreg {

// CRC-32 as gzip uses it: finds damage, not malice. `before` is the checksum of the bytes in front.
std::uint32_t checksum_of(std::string_view bytes, std::uint32_t before = 0);

}  // namespace stepreg
