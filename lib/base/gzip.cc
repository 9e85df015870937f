#include "base/gzip.h"

#include <zlib.h>

#include <memory>

namespace stepreg {

bool is_gzip(std::string_view content) {
  return content.starts_with("\x1F\x8B");
}

std::optional<std::string> gunzip(std::string_view content, std::uint64_t max_bytes) {
  constexpr int kGzipOnly = 15 + 16;  // zlib's way to ask for a gzip header with the largest window
  z_stream stream{};
  if (inflateInit2(&stream, kGzipOnly) != Z_OK) return std::nullopt;
  const std::unique_ptr<z_stream, decltype(&inflateEnd)> guard(&stream, &inflateEnd);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));  // only ever read
  stream.avail_in = static_cast<uInt>(content.size());
  std::string out;
  char block[16384];
  while (true) {
    stream.next_out = reinterpret_cast<Bytef*>(block);
    stream.avail_out = sizeof block;
    const int status = inflate(&stream, Z_NO_FLUSH);
    out.append(block, sizeof block - stream.avail_out);
    if (out.size() > max_bytes) return std::nullopt;
    if (status == Z_STREAM_END) {
      if (stream.avail_in == 0) return out;
      if (inflateReset(&stream) != Z_OK) return std::nullopt;  // the next member
    } else if (status != Z_OK || (stream.avail_in == 0 && stream.avail_out > 0)) {
      return std::nullopt;
    }
  }
}

}  // namespace stepreg
