// Words: quotes, expansions, substitutions.
#include "script/scanner.h"

#include <algorithm>

namespace stepreg::script {

namespace {

// Deeper than any script that a person wrote.
constexpr int kMaxDepth = 50;
constexpr std::size_t kMaxArithmetic = 4000;  // bytes

bool is_special_parameter(char c) {
  return std::string_view("@*#?$!-").find(c) != std::string_view::npos || (c >= '0' && c <= '9');
}

// `NAME=` or `NAME+=`, also with an index, stands before an array's parenthesis.
bool is_assignment_target(std::string_view text) {
  if (text.size() < 2 || text.back() != '=') return false;
  text.remove_suffix(text[text.size() - 2] == '+' ? 2 : 1);
  const std::size_t index = text.find('[');
  for (const char c : text.substr(0, index)) {
    if (!is_name_char(c)) return false;
  }
  return !text.empty();
}

}  // namespace

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool is_word_end(char c) {
  return std::string_view(" \t\n;&|()<>").find(c) != std::string_view::npos;
}

Word Scanner::take_word() {
  const std::size_t begin = std::min(at_, text_.size());
  while (!at_end()) {
    const char c = peek();
    if (take_special(begin)) continue;
    const bool ends =
        level_.in_double_brackets ? c == ' ' || c == '\t' || c == '\n' : is_word_end(c);
    if (ends) break;
    ++at_;
  }
  at_ = std::min(at_, text_.size());
  return {text_.substr(begin, at_ - begin), static_cast<std::uint32_t>(begin)};
}

// Consumes what may hold blanks without ending the word; false when nothing of that kind is next.
bool Scanner::take_special(std::size_t begin) {
  const char c = peek();
  if (c == '\\') {
    at_ += 2;
  } else if (c == '\'') {
    skip_single_quotes();
  } else if (c == '"') {
    skip_double_quotes();
  } else if (c == '`') {
    skip_backquotes();
  } else if (c == '$') {
    skip_dollar(false);
  } else if (!level_.in_double_brackets && (next_is("<(") || next_is(">("))) {
    at_ += 2;
    scan_substitution(true);
  } else if (c == '(' && !level_.in_double_brackets && at_ > begin) {
    if (is_assignment_target(text_.substr(begin, at_ - begin))) {
      skip_array();
    } else if (std::string_view("?*+@!").find(text_[at_ - 1]) != std::string_view::npos) {
      skip_balanced_parentheses();
    } else {
      return false;
    }
  } else {
    return false;
  }
  return true;
}

void Scanner::skip_single_quotes() {
  const std::size_t end = text_.find('\'', at_ + 1);
  if (end == std::string_view::npos) return fail();
  at_ = end + 1;
}

void Scanner::skip_ansi_quotes() {
  for (at_ += 2; !at_end() && peek() != '\''; ++at_) {
    if (peek() == '\\') ++at_;
  }
  if (at_end()) return fail();
  ++at_;
}

void Scanner::skip_double_quotes() {
  ++at_;
  while (!at_end() && peek() != '"') {
    const char c = peek();
    if (c == '\\') {
      at_ += 2;
    } else if (c == '$') {
      skip_dollar(true);
    } else if (c == '`') {
      skip_backquotes();
    } else {
      ++at_;
    }
  }
  if (at_end()) return fail();
  ++at_;
}

void Scanner::skip_backquotes() {
  std::size_t close = at_ + 1;
  while (close < text_.size() && text_[close] != '`') close += text_[close] == '\\' ? 2 : 1;
  if (close >= text_.size()) return fail();
  const std::string_view whole = text_;
  text_ = whole.substr(0, close);
  ++at_;
  scan_substitution(false);
  text_ = whole;
  at_ = script_.understood ? close + 1 : text_.size();
}

void Scanner::read_name(VariableRead& read) {
  const std::size_t begin = std::min(at_, text_.size());
  while (is_name_char(peek())) ++at_;
  read.name = text_.substr(begin, at_ - begin);
}

void Scanner::skip_dollar(bool quoted) {
  if (++nesting_ > kMaxDepth) fail();
  if (script_.understood) skip_expansion(quoted);
  --nesting_;
}

void Scanner::skip_expansion(bool quoted) {
  const char next = peek(1);
  if (next == '(') {
    ++at_;
    if (is_arithmetic()) return skip_arithmetic();
    ++at_;
    scan_substitution(true);
  } else if (next == '{') {
    skip_braces(quoted);
  } else if (next == '\'' && !quoted) {
    skip_ansi_quotes();
  } else if (next == '"' && !quoted) {
    ++at_;
    skip_double_quotes();
  } else if (is_special_parameter(next)) {
    at_ += 2;
  } else {
    VariableRead read;
    read.offset = offset();
    ++at_;
    read_name(read);
    if (!read.name.empty()) script_.reads.push_back(read);
  }
}

void Scanner::skip_braces(bool quoted) {
  VariableRead read;
  read.offset = offset();
  at_ += 2;
  if ((peek() == '!' || peek() == '#') && is_name_char(peek(1))) {
    read.indirect = peek() == '!';
    ++at_;
  }
  read_name(read);
  const std::size_t begin = at_;
  const char op = peek();
  const bool is_value = std::string_view(":-=+?").find(op) != std::string_view::npos;
  skip_brace_rest(quoted && is_value);
  if (!script_.understood) return;
  read.rest = text_.substr(begin, at_ - 1 - begin);
  const bool is_variable = !read.name.empty() && (read.name[0] < '0' || read.name[0] > '9');
  if (is_variable) script_.reads.push_back(read);
}

// To the brace that closes the expansion, and over it.
void Scanner::skip_brace_rest(bool single_quotes_are_text) {
  while (!at_end() && peek() != '}') {
    const char c = peek();
    if (c == '\\') {
      at_ += 2;
    } else if (c == '\'' && !single_quotes_are_text) {
      skip_single_quotes();
    } else if (c == '"') {
      skip_double_quotes();
    } else if (c == '`') {
      skip_backquotes();
    } else if (c == '$') {
      skip_dollar(true);
    } else {
      ++at_;
    }
  }
  if (at_end()) return fail();
  ++at_;
}

// At `((`: does `))` close both at once? Else they are a subshell in a subshell or substitution.
bool Scanner::is_arithmetic() const {
  if (!next_is("((")) return false;
  const std::size_t end = std::min(text_.size(), at_ + kMaxArithmetic);
  int open = 0;
  for (std::size_t i = at_ + 2; i < end; ++i) {
    if (text_[i] == ')' && open == 0) return i + 1 < end && text_[i + 1] == ')';
    open += text_[i] == '(' ? 1 : text_[i] == ')' ? -1 : 0;
    if (text_[i] == '\\') ++i;
  }
  return false;
}

void Scanner::skip_arithmetic() {
  at_ += 2;
  for (int open = 0; !at_end();) {
    const char c = peek();
    if (c == '$') {
      skip_dollar(true);
    } else if (c == ')' && open == 0) {
      at_ += 2;
      return;
    } else {
      open += c == '(' ? 1 : c == ')' ? -1 : 0;
      at_ += c == '\\' ? 2 : 1;
    }
  }
  fail();
}

void Scanner::skip_array() {
  ++at_;
  if (++nesting_ > kMaxDepth) return fail();
  while (!at_end()) {
    skip_blanks_and_lines();
    if (peek() == ')') {
      ++at_;
      --nesting_;
      return;
    }
    if (take_word().raw.empty()) break;
  }
  fail();
}

void Scanner::skip_balanced_parentheses() {
  int open = 0;
  while (!at_end()) {
    const char c = peek();
    if (c != '(' && take_special(at_)) continue;
    if (c == ' ' || c == '\n') break;
    ++at_;
    if (c == '(') ++open;
    if (c == ')' && --open == 0) return;
  }
  fail();
}

// The body of a here-document that is expanded.
void Scanner::scan_expansions(std::size_t end) {
  const std::string_view whole = text_;
  text_ = whole.substr(0, end);
  while (!at_end()) {
    if (peek() == '\\') {
      at_ += 2;
    } else if (peek() == '$') {
      skip_dollar(true);
    } else if (peek() == '`') {
      skip_backquotes();
    } else {
      ++at_;
    }
  }
  text_ = whole;
  at_ = script_.understood ? end : text_.size();
}

void Scanner::scan_substitution(bool until_parenthesis) {
  if (depth_ >= kMaxDepth) return fail();
  const bool group = outer_group_;
  const bool function = outer_function_;
  outer_group_ = group || is_within({Kind::subshell, Kind::group, Kind::loop});
  outer_function_ = is_within_function();
  Level outer = std::move(level_);
  level_ = Level{};
  ++depth_;
  scan_list(until_parenthesis);
  --depth_;
  level_ = std::move(outer);
  outer_group_ = group;
  outer_function_ = function;
}

}  // namespace stepreg::script
