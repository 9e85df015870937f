#include "base/checksum.h"

#define XXH_INLINE_ALL  // nothing to link
#include <xxhash.h>

namespace stepreg {

std::uint64_t checksum_of(std::string_view bytes, std::string_view more) {
  if (more.empty()) return XXH3_64bits(bytes.data(), bytes.size());
  XXH3_state_t state;
  XXH3_64bits_reset(&state);
  XXH3_64bits_update(&state, bytes.data(), bytes.size());
  XXH3_64bits_update(&state, more.data(), more.size());
  return XXH3_64bits_digest(&state);
}

}  // namespace stepreg
