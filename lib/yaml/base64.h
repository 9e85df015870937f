#pragma once

#include <string>
#include <string_view>

namespace stepreg::yaml {

// The bytes of a `!!binary` scalar. Blanks and line breaks are passed over, and so is anything else
// that is not base64.
std::string decode_base64(std::string_view text);

}  // namespace stepreg::yaml
