#include "base/pattern.h"

#include <re2/re2.h>

namespace stepreg {

namespace {

re2::StringPiece piece(std::string_view text) {
  return {text.data(), text.size()};
}

// Go (1.22) also accepts `(?<name>...)`; older versions of RE2 know only `(?P<name>...)`.
std::string with_old_group_names(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) {
      out += text[i++];
      out += text[i];
      continue;
    }
    const std::string_view rest = text.substr(i);
    const bool named =
        rest.starts_with("(?<") && !rest.starts_with("(?<=") && !rest.starts_with("(?<!");
    if (named) {
      out += "(?P<";
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

}  // namespace

Pattern::Pattern(std::string_view text) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  auto compiled = std::make_shared<const re2::RE2>(with_old_group_names(text), options);
  if (compiled->ok()) {
    compiled_ = std::move(compiled);
  } else {
    problem_ = compiled->error();
  }
}

bool Pattern::found_in(std::string_view text) const {
  return compiled_ != nullptr && re2::RE2::PartialMatch(piece(text), *compiled_);
}

bool Pattern::matches(std::string_view text) const {
  return compiled_ != nullptr && re2::RE2::FullMatch(piece(text), *compiled_);
}

}  // namespace stepreg
