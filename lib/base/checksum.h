#pragma once

#include <cstdint>
#include <string_view>

namespace stepreg {

// XXH3 in 64 bits: finds damage, not malice, in a fraction of the time that a CRC takes. Of the two
// texts one behind the other.
std::uint64_t checksum_of(std::string_view bytes, std::string_view more = {});

}  // namespace stepreg
