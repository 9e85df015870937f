#include "rules/shell_words.h"

#include <string>

namespace stepreg::rules {

namespace {

constexpr std::size_t kNone = std::string_view::npos;

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

// After these words the next one is a command again.
bool leads_to_command(std::string_view word) {
  for (const std::string_view lead : {"if", "then", "else", "elif", "do", "while", "until", "!",
                                      "{", "time", "exec", "builtin", "command"}) {
    if (word == lead) return true;
  }
  return false;
}

bool is_assignment(std::string_view word) {
  const std::size_t equals = word.find('=');
  if (equals == kNone || equals == 0) return false;
  for (const char c : word.substr(0, equals)) {
    const bool name_char = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '_' || c == '+';
    if (!name_char) return false;
  }
  return true;
}

class Scanner {
 public:
  explicit Scanner(std::string_view script) : script_(script) {}

  std::size_t find(std::string_view name) {
    while (at_ < script_.size()) {
      skip_blanks();
      if (at_ >= script_.size()) break;
      const char c = script_[at_];
      if (c == '#') {
        skip_line();
      } else if (c == '\n') {
        ++at_;
        skip_here_documents();
        expects_command_ = true;
      } else if (c == ';' || c == '&' || c == '|' || c == '(' || c == ')') {
        ++at_;
        expects_command_ = true;
      } else if (c == '<' && script_.substr(at_, 2) == "<<" && script_.substr(at_, 3) != "<<<") {
        note_here_document();
      } else if (c == '<' || c == '>') {
        ++at_;
      } else {
        const std::size_t begin = at_;
        const std::string_view word = take_word();
        if (expects_command_ && word == name) return begin;
        expects_command_ = expects_command_ && (leads_to_command(word) || is_assignment(word));
      }
    }
    return kNone;
  }

 private:
  void skip_blanks() {
    while (at_ < script_.size()) {
      if (is_blank(script_[at_])) {
        ++at_;
      } else if (script_.substr(at_, 2) == "\\\n") {
        at_ += 2;
      } else {
        break;
      }
    }
  }

  void skip_line() {
    const std::size_t end = script_.find('\n', at_);
    at_ = end == kNone ? script_.size() : end;
  }

  void skip_quoted(char quote) {
    for (++at_; at_ < script_.size() && script_[at_] != quote; ++at_) {
      if (quote == '"' && script_[at_] == '\\') ++at_;
    }
    ++at_;
  }

  std::string_view take_word() {
    const std::size_t begin = at_;
    while (at_ < script_.size()) {
      const char c = script_[at_];
      if (c == '\'' || c == '"' || c == '`') {
        skip_quoted(c);
      } else if (c == '\\') {
        at_ += 2;
      } else if (is_blank(c) || c == '\n' || c == ';' || c == '&' || c == '|' || c == '(' ||
                 c == ')' || c == '<' || c == '>') {
        break;
      } else {
        ++at_;
      }
    }
    if (at_ > script_.size()) at_ = script_.size();
    return script_.substr(begin, at_ - begin);
  }

  // `<<END`, `<<-'END'`: the body begins on the next line.
  void note_here_document() {
    at_ += 2;
    if (at_ < script_.size() && script_[at_] == '-') ++at_;
    skip_blanks();
    here_end_.clear();
    for (const char c : take_word()) {
      if (c != '\'' && c != '"' && c != '\\') here_end_ += c;
    }
  }

  void skip_here_documents() {
    while (!here_end_.empty() && at_ < script_.size()) {
      const std::size_t begin = at_;
      skip_line();
      std::string_view line = script_.substr(begin, at_ - begin);
      while (!line.empty() && line.front() == '\t') line.remove_prefix(1);
      if (at_ < script_.size()) ++at_;
      if (line == here_end_) here_end_.clear();
    }
  }

  std::string_view script_;
  std::size_t at_ = 0;
  bool expects_command_ = true;
  std::string here_end_;
};

}  // namespace

std::size_t find_command(std::string_view script, std::string_view name) {
  return Scanner(script).find(name);
}

}  // namespace stepreg::rules
