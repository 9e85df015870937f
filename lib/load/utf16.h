#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace stepreg::load {

// UTF-16 of either byte order, told by the byte order mark at its start, as UTF-8 without one.
// nullopt for an odd number of bytes or a lone surrogate.
std::optional<std::string> utf16_to_utf8(std::string_view content);

}  // namespace stepreg::load
