#include "exec/log_excerpt.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "base/text.h"
#include "base/unique_fd.h"

namespace stepreg::exec {

namespace {

constexpr std::size_t kWindow = 64U << 10;
constexpr std::size_t kLineBytes = 2000;

// The length of the escape sequence at the beginning of `text`, which is ESC.
std::size_t escape_length(std::string_view text) {
  if (text.size() < 2) return text.size();
  if (text[1] == '[') {  // ECMA-48 5.4: parameters, then one final byte from @ to ~
    for (std::size_t i = 2; i < text.size(); ++i) {
      if (text[i] >= '@' && text[i] <= '~') return i + 1;
    }
    return text.size();
  }
  if (text[1] == ']') {  // an operating system command, up to BEL or ESC backslash
    for (std::size_t i = 2; i < text.size(); ++i) {
      if (text[i] == '\a') return i + 1;
      if (text[i] == '\x1b') return std::min(i + 2, text.size());
    }
    return text.size();
  }
  return 2;
}

}  // namespace

std::string terminal_line(std::string_view line) {
  while (line.ends_with('\r')) line.remove_suffix(1);
  if (const std::size_t back = line.rfind('\r'); back != std::string_view::npos) {
    line.remove_prefix(back + 1);
  }
  std::string text;
  for (std::size_t i = 0; i < line.size();) {
    const auto byte = static_cast<unsigned char>(line[i]);
    if (byte == 0x1b) {
      i += escape_length(line.substr(i));
      continue;
    }
    if (byte == '\t' || (byte >= 0x20 && byte != 0x7f)) text += line[i];
    ++i;
  }
  return std::string(cut_utf8(valid_utf8(text), kLineBytes));
}

LogExcerpt read_log_excerpt(const std::string& path, std::size_t max_lines) {
  LogExcerpt excerpt;
  const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat info {};
  if (!fd.valid() || ::fstat(fd.get(), &info) != 0 || !S_ISREG(info.st_mode)) return excerpt;
  const auto size = static_cast<std::size_t>(info.st_size);
  const std::size_t begin = size > kWindow ? size - kWindow : 0;
  std::string bytes(size - begin, '\0');
  const ssize_t got = ::pread(fd.get(), bytes.data(), bytes.size(), static_cast<off_t>(begin));
  bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  std::string_view text = bytes;
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.empty()) return excerpt;
  std::size_t from = text.size();
  for (std::size_t lines = 0; lines < max_lines; ++lines) {
    const std::size_t end = from == 0 ? std::string_view::npos : text.rfind('\n', from - 1);
    if (end == std::string_view::npos) {
      from = 0;
      break;
    }
    from = end;
  }
  if (from > 0) ++from;  // after the line feed
  for (const std::string_view line : split(text.substr(from), '\n')) {
    excerpt.lines.push_back(terminal_line(line));
  }
  excerpt.bytes_before = begin + from;
  return excerpt;
}

}  // namespace stepreg::exec
