#pragma once

#include <string>
#include <string_view>

namespace stepreg {

// Text for an XML 1.0 document, in elements and in attributes with double quotes: markup and line
// breaks become references, characters that XML cannot carry become U+FFFD.
std::string xml_escaped(std::string_view text);

}  // namespace stepreg
