#include "base/sha256.h"

// The plain function: the ways that are not deprecated look for it at run time, in modules and a
// configuration file, which takes longer than most commands of ours.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

namespace stepreg {

std::string sha256_hex(std::string_view bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256_CTX context;
  SHA256_Init(&context);
  SHA256_Update(&context, bytes.data(), bytes.size());
  SHA256_Final(digest, &context);
  std::string out;
  out.reserve(2 * sizeof digest);
  for (const unsigned char byte : digest) {
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

}  // namespace stepreg
