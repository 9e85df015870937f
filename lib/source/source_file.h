// The text of one file, and places in it. A place is a byte offset; line and column are computed
// only when something is printed.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace stepreg {

struct LineColumn {
  std::uint32_t line = 0;    // 1-based
  std::uint32_t column = 0;  // 1-based, in bytes of UTF-8
};

class SourceFile {
 public:
  // `path` is what the user sees: as they named the tree, with `/`. `text` is UTF-8 without a byte
  // order mark; see load/read.h for how other encodings and gzip get there.
  SourceFile(std::string path, std::string text)
      : path_(std::move(path)), own_text_(std::move(text)), text_(own_text_) {}
  // Bytes that `holder` keeps where they are.
  SourceFile(std::string path, std::string_view text, std::shared_ptr<const void> holder)
      : path_(std::move(path)), holder_(std::move(holder)), text_(text) {}
  SourceFile(const SourceFile&) = delete;  // views into text() must not dangle
  SourceFile& operator=(const SourceFile&) = delete;

  const std::string& path() const { return path_; }
  std::string_view text() const { return text_; }

  // An offset at or past the end gives the place behind the last byte. Thread-safe.
  LineColumn line_column(std::uint32_t offset) const;
  // Where the line (1-based) begins; the end of the text when there is no such line. Thread-safe.
  std::size_t line_start(std::uint32_t line) const;
  // The line (1-based) without its line break; empty when there is no such line.
  std::string_view line_text(std::uint32_t line) const;

 private:
  const std::vector<std::uint32_t>& line_starts() const;

  std::string path_;
  std::string own_text_;
  std::shared_ptr<const void> holder_;
  std::string_view text_;  // of one of the two
  mutable std::once_flag lines_once_;
  mutable std::vector<std::uint32_t> lines_;  // offset of the first byte of each line
};

// A place in a file, or nowhere. The file outlives every Place in it.
struct Place {
  const SourceFile* file = nullptr;
  std::uint32_t offset = 0;

  explicit operator bool() const { return file != nullptr; }
  LineColumn line_column() const { return file ? file->line_column(offset) : LineColumn{}; }
};

// The end (offset behind the last byte) of the YAML token that starts at `offset`: a quoted scalar
// to its closing quote, a plain one to the end of its line without comment and blanks, else one
// byte.
std::uint32_t token_end(std::string_view text, std::uint32_t offset);

}  // namespace stepreg
