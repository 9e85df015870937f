// Regular expressions in RE2's syntax, which is that of Go's regexp package and so of every file of
// the field.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace stepreg {

class Pattern {
 public:
  // Never fails: an expression that does not compile is not valid() and matches nothing.
  explicit Pattern(std::string_view text);

  bool valid() const { return problem_.empty(); }
  const std::string& problem() const { return problem_; }  // why it does not compile, one line

  bool found_in(std::string_view text) const;  // a match anywhere suffices
  bool matches(std::string_view text) const;   // the whole text

 private:
  std::shared_ptr<const re2::RE2> compiled_;
  std::string problem_;
};

}  // namespace stepreg
