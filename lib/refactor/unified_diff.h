#pragma once

#include <string>
#include <string_view>

namespace stepreg {

// The difference of two texts with three lines of context, in the form of `diff -u`; empty when
// they are equal. Deterministic and close to minimal: after thousands of differences the rest is
// shown as replaced.
std::string unified_diff(std::string_view old_name, std::string_view new_name,
                         std::string_view old_text, std::string_view new_text);

}  // namespace stepreg
