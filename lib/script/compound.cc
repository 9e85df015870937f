// Compound commands: `if`, loops, `case`, groups, functions.
#include "script/scanner.h"

namespace stepreg::script {

namespace {

// Deeper than any script that a person wrote; keeps the time linear for those that nobody did.
constexpr std::size_t kMaxNesting = 100;

}  // namespace

bool Scanner::scan_keyword(const Word& word) {
  const std::string_view raw = word.raw;
  if (raw == "then" || raw == "do" || raw == "else") {
    level_.in_condition = false;
  } else if (raw == "elif") {
    level_.in_condition = true;
  } else if (raw == "!") {
    level_.negated = true;
  } else if (raw != "time" && raw != "coproc") {
    return opens_compound(word) || closes_compound(raw);
  }
  level_.started = false;
  return true;
}

bool Scanner::opens_compound(const Word& word) {
  const std::string_view raw = word.raw;
  if (raw == "if") {
    open(Kind::condition);
    level_.in_condition = true;
  } else if (raw == "while" || raw == "until") {
    open(Kind::loop);
    level_.in_condition = true;
  } else if (raw == "for" || raw == "select") {
    open(Kind::loop);
    command_at(word.offset).words.push_back(word);  // with its items up to the end of the line
  } else if (raw == "case") {
    open_choice();
  } else if (raw == "{") {
    open(Kind::group);
  } else if (raw == "function") {
    skip_blanks();
    const std::string_view name = take_word().raw;
    skip_blanks();
    if (next_is("()")) at_ += 2;
    if (name.empty()) return fail(), true;
    define_function(name);
  } else {
    return false;
  }
  return true;
}

bool Scanner::closes_compound(std::string_view word) {
  if (word == "fi") {
    close(Kind::condition);
  } else if (word == "done") {
    close(Kind::loop);
  } else if (word == "esac") {
    close(Kind::choice);
  } else if (word == "}") {
    close(Kind::group);
  } else {
    return false;
  }
  return true;
}

void Scanner::open(Kind kind) {
  if (level_.frames.size() >= kMaxNesting) return fail();
  level_.frames.push_back({kind, level_.function_is_next});
  level_.function_is_next = false;
  level_.started = false;
  // The first command inside is not judged by what stands before the whole.
  level_.before = End::sequence;
}

void Scanner::close(Kind kind) {
  if (level_.frames.empty() || level_.frames.back().kind != kind) return fail();
  level_.frames.pop_back();
  level_.command = Command{};
  level_.command.offset = offset();
  level_.command.after_compound = true;
  level_.started = true;
  level_.before = End::sequence;
  level_.in_condition = false;
}

void Scanner::open_choice() {
  open(Kind::choice);
  skip_blanks();
  take_word();
  skip_blanks_and_lines();
  if (take_word().raw != "in") return fail();
  scan_pattern();
}

// `pattern | pattern)`, or the `esac` in its place.
void Scanner::scan_pattern() {
  skip_blanks_and_lines();
  if (next_is("esac") && (is_word_end(peek(4)) || peek(4) == '\0')) {
    at_ += 4;
    close(Kind::choice);
    return;
  }
  if (peek() == '(') ++at_;
  std::size_t begin = at_;
  while (!at_end() && script_.understood) {
    const char c = peek();
    if (take_special(begin)) continue;
    ++at_;
    if (c == ')') return;
    if (is_word_end(c)) begin = at_;
  }
  fail();
}

}  // namespace stepreg::script
