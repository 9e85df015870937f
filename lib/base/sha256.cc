#include "base/sha256.h"

// The plain function: the ways that are not deprecated look for it at run time, in modules and a
// configuration file, which takes longer than most commands of ours.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

namespace stepreg {

std::string sha256_bytes(std::string_view bytes) {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256_CTX context;
  SHA256_Init(&context);
  SHA256_Update(&context, bytes.data(), bytes.size());
  SHA256_Final(reinterpret_cast<unsigned char*>(digest.data()), &context);
  return digest;
}

std::string sha256_hex(std::string_view bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  const std::string digest = sha256_bytes(bytes);
  std::string out;
  out.reserve(2 * digest.size());
  for (const char c : digest) {
    const auto byte = static_cast<unsigned char>(c);
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

}  // namespace stepreg
