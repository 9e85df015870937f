#pragma once

#include <string>
#include <string_view>

namespace stepreg {

// RFC 4648: with padding; `url_safe` has `-` and `_` instead of `+` and `/`.
std::string base64(std::string_view bytes, bool url_safe = false);

}  // namespace stepreg
