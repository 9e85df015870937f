// Small edits that mend a finding.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "diag/diagnostic.h"

namespace stepreg {

// Replaces the YAML token at the place.
Edit replace_token(Place place, std::string replacement);
// Replaces it by `text` in double quotes; the text must need no escapes.
Edit quote_token(Place place, std::string_view text);

// "did you mean `x`?", with an unsafe fix of the token at `place`, when a candidate is near to
// `name`. Returns the guess, or an empty view.
std::string_view suggest(Diagnostic& finding, Place place, std::string_view name,
                         std::span<const std::string_view> candidates);

}  // namespace stepreg
