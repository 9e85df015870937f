// How deep lists and objects are nested in a JSON text.
#pragma once

#include <cstddef>
#include <string_view>

namespace stepreg {

// Deeper than any plan or record (about 10). The JSON library copies and prints by recursion, so a
// text of a megabyte could exhaust the stack of whoever reads it.
inline constexpr std::size_t kMaxJsonNesting = 100;

// Of a text that need not be valid; to be asked before it is parsed.
std::size_t json_nesting(std::string_view text);

}  // namespace stepreg
