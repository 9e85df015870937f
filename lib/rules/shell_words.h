// Just enough of a shell's grammar to know where commands begin: quoting, comments and
// here-documents, so that a word in a comment or a text is not taken for a command.
#pragma once

#include <string_view>

#include <cstddef>

namespace stepreg::rules {

// The offset of the first place where `name` is run as a simple command, or npos. Names that come
// out of expansions, `eval` or aliases are not seen.
std::size_t find_command(std::string_view script, std::string_view name);

}  // namespace stepreg::rules
