// Texts for POSIX shells.
#pragma once

#include <string>
#include <string_view>

namespace stepreg {

// `text` as one word of a POSIX shell: as it is when that is safe, else in single quotes.
std::string shell_quoted(std::string_view text);

}  // namespace stepreg
