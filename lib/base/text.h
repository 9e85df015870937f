// Small text helpers. All of them work on bytes of UTF-8.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stepreg {

// Control characters and bytes that begin no character escaped: safe in a table or a message.
std::string with_escapes(std::string_view text);
// Text of others on one line of a terminal: control characters become blanks.
std::string one_line(std::string_view text);
// `name` in back quotes, control characters escaped, cut to about 80 bytes: safe in any message.
std::string in_quotes(std::string_view name);

std::string join(std::span<const std::string> parts, std::string_view separator);
// Splits at every `separator`; an empty text gives one empty part.
std::vector<std::string_view> split(std::string_view text, char separator);
std::string_view trimmed(std::string_view text);  // without blanks, tabs, CR, LF at both ends
inline bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
std::string lower(std::string_view text);                          // ASCII only
bool equal_ignoring_case(std::string_view a, std::string_view b);  // ASCII only

// "1 step", "3 steps": the plural is formed with an s.
std::string counted(std::size_t number, std::string_view noun);

// The offset of the first byte that is not UTF-8, or npos.
std::size_t first_invalid_utf8(std::string_view text);
// Invalid bytes replaced by U+FFFD.
std::string valid_utf8(std::string_view text);
// Cuts to at most `max_bytes` at a character boundary.
std::string_view cut_utf8(std::string_view text, std::size_t max_bytes);

// Damerau-Levenshtein distance (adjacent transposition counts 1), or `limit` + 1 when it is larger.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);
// The candidate nearest to `name`, or an empty view when none is near enough: at most a third of
// the longer name's length may differ. The first of equally near candidates wins.
std::string_view best_guess(std::string_view name, std::span<const std::string_view> candidates);

// Does `text` match a shell-like pattern: `*` any bytes, `?` one byte, anything else itself?
bool glob_match(std::string_view pattern, std::string_view text);

}  // namespace stepreg
