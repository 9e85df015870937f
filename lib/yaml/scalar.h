// What a plain scalar means under the YAML 1.1 rules of the field's reader (registry.md 3.1.2), and
// the text that its converter to JSON and back makes of it (3.1.3).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace stepreg::yaml {

struct Scalar {
  enum class Type : std::uint8_t { null, boolean, integer, floating, text };
  Type type = Type::text;
  bool boolean = false;
  // An integer is either within int64 (`negative` or not) or a positive one within uint64.
  std::uint64_t magnitude = 0;
  bool negative = false;
  double floating = 0;
};

// `plain`: unquoted and without a tag that makes it a text.
Scalar interpret(std::string_view text, bool plain);

// Decimal digits; `true` or `false`; the shortest digits that identify the value as a 32-bit float,
// with an exponent when that is below -4 or at least 6. A text is returned as it is, null as "".
std::string converted_to_text(const Scalar& scalar, std::string_view text);

}  // namespace stepreg::yaml
