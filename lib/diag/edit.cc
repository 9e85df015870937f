#include "diag/edit.h"

#include <algorithm>

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

std::optional<Edit> insert_line_after(Place sibling, std::string_view key, std::string_view value) {
  const std::string_view text = sibling.file->text();
  const std::size_t begin = text.rfind('\n', sibling.offset) + 1;  // npos + 1 is 0
  const std::string_view before = text.substr(begin, sibling.offset - begin);
  const std::size_t indent = std::min(before.find_first_not_of(" -"), before.size());
  const bool block_style = before.find_first_of("{[#") == std::string_view::npos;
  if (!block_style || !trimmed(before).ends_with(':')) return std::nullopt;
  const std::size_t end = token_end(text, sibling.offset);
  const std::size_t next = text.find('\n', end);
  const std::string line = std::string(indent, ' ') + std::string(key) + ": " + std::string(value);
  if (text.substr(sibling.offset, end - sibling.offset).find('\n') != std::string_view::npos) {
    return std::nullopt;
  }
  Edit edit;
  edit.path = sibling.file->path();
  if (next == std::string_view::npos) {
    edit.offset = static_cast<std::uint32_t>(text.size());
    edit.replacement = "\n" + line;
    return edit;
  }
  const std::string_view rest = text.substr(next + 1);
  const std::size_t content = rest.find_first_not_of(" \r\n");
  const std::size_t break_before = rest.substr(0, std::min(content, rest.size())).rfind('\n');
  const std::size_t deeper = content - (break_before == rest.npos ? 0 : break_before + 1);
  if (content != std::string_view::npos && deeper > indent) return std::nullopt;  // it goes on
  edit.offset = static_cast<std::uint32_t>(next + 1);
  edit.replacement = line + "\n";
  return edit;
}

namespace {

// Nearer than this, and nothing else about as near: hardly anything else can have been meant.
constexpr std::size_t kSurelyMeant = 2;

bool is_only_near(std::string_view name, std::string_view guess,
                  std::span<const std::string_view> candidates) {
  const std::size_t distance = edit_distance(name, guess, kSurelyMeant);
  if (distance > kSurelyMeant || guess.size() <= 2 * distance) return false;
  return std::none_of(candidates.begin(), candidates.end(), [&](std::string_view other) {
    return other != guess && edit_distance(name, other, distance + 1) <= distance + 1;
  });
}

}  // namespace

std::string_view suggest(Diagnostic& finding, Place place, std::string_view name,
                         std::span<const std::string_view> candidates) {
  const std::string_view guess = best_guess(name, candidates);
  if (guess.empty()) return guess;
  finding.hint = "did you mean " + in_quotes(guess) + "?";
  if (!place) return guess;
  const bool refused = finding.rule.info().severities.ci_operator == Severity::error;
  finding.fix = refused && is_only_near(name, guess, candidates) ? Fix::safe : Fix::unsafe;
  finding.edits.push_back(replace_token(place, std::string(guess)));
  return guess;
}

}  // namespace stepreg
