#include "diag/edit.h"

#include "base/text.h"

namespace stepreg {

Edit replace_token(Place place, std::string replacement) {
  Edit edit;
  edit.path = place.file->path();
  edit.offset = place.offset;
  edit.length = token_end(place.file->text(), place.offset) - place.offset;
  edit.replacement = std::move(replacement);
  return edit;
}

Edit quote_token(Place place, std::string_view text) {
  return replace_token(place, "\"" + std::string(text) + "\"");
}

std::string_view suggest(Diagnostic& finding, Place place, std::string_view name,
                         std::span<const std::string_view> candidates) {
  const std::string_view guess = best_guess(name, candidates);
  if (guess.empty()) return guess;
  finding.hint = "did you mean " + quoted(guess) + "?";
  if (!place) return guess;
  finding.fix = Fix::unsafe;
  finding.edits.push_back(replace_token(place, std::string(guess)));
  return guess;
}

}  // namespace stepreg
