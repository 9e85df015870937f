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

std::string digest_of(std::string_view bytes) {
  XXH128_canonical_t digest;
  XXH128_canonicalFromHash(&digest, XXH3_128bits(bytes.data(), bytes.size()));
  static_assert(sizeof digest.digest == kDigestBytes);
  return {reinterpret_cast<const char*>(digest.digest), kDigestBytes};
}

}  // namespace stepreg
