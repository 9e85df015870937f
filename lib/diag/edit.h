// Small edits that mend a finding.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "diag/diagnostic.h"

namespace stepreg {

// Replaces the YAML token at the place.
Edit replace_token(Place place, std::string replacement);
// Replaces it by `text` in double quotes; the text must need no escapes.
Edit quote_token(Place place, std::string_view text);

// Adds a line `key: value` behind that of the value at `sibling`, indented as its key. Nullopt when
// the key has not its own line (`{a: 1, b: 2}`), or when its value takes several.
std::optional<Edit> insert_line_after(Place sibling, std::string_view key, std::string_view value);

// "did you mean `x`?", with a fix of the token at `place`, when a candidate is near to `name`. The
// fix is safe when ci-operator refuses the name as it is and no other candidate is near, so that
// nothing that works can change its meaning. Returns the guess, or an empty view.
std::string_view suggest(Diagnostic& finding, Place place, std::string_view name,
                         std::span<const std::string_view> candidates);

}  // namespace stepreg
