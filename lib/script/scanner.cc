// Commands: operators, redirections, compound commands, here-documents.
#include "script/scanner.h"

#include <algorithm>
#include <array>

namespace stepreg::script {

namespace {

constexpr std::array<std::string_view, 12> kRedirections{"&>>", "&>", "<<<", "<<-", "<<", "<>",
                                                         "<&",  "<",  ">>",  ">|",  ">&", ">"};

bool is_assignment(std::string_view word) {
  const std::size_t equals = word.find('=');
  if (equals == std::string_view::npos || equals == 0) return false;
  std::string_view name = word.substr(0, equals);
  if (name.back() == '+') name.remove_suffix(1);
  if (!name.empty() && name[0] >= '0' && name[0] <= '9') return false;
  const std::size_t index = name.find('[');
  if (index != std::string_view::npos && name.back() != ']') return false;
  name = name.substr(0, index);
  return !name.empty() && std::all_of(name.begin(), name.end(), is_name_char);
}

}  // namespace

void Scanner::fail() {
  script_.understood = false;
  at_ = text_.size();
}

void Scanner::skip_blanks() {
  while (!at_end()) {
    if (peek() == ' ' || peek() == '\t' || peek() == '\r') {
      ++at_;
    } else if (next_is("\\\n")) {
      at_ += 2;
    } else {
      break;
    }
  }
}

void Scanner::skip_line() {
  at_ = std::min(text_.find('\n', at_), text_.size());
}

void Scanner::skip_blanks_and_lines() {
  while (true) {
    skip_blanks();
    if (peek() == '#') {
      skip_line();
    } else if (peek() == '\n') {
      ++at_;
      read_here_documents();
    } else {
      return;
    }
  }
}

void Scanner::scan_all() {
  scan_list(false);
  if (!level_.frames.empty()) script_.understood = false;
}

void Scanner::scan_list(bool until_parenthesis) {
  while (script_.understood) {
    skip_blanks();
    if (at_end()) break;
    const char c = peek();
    if (c == '#') {
      skip_line();
    } else if (c == '\n') {
      scan_newline();
    } else if (level_.in_double_brackets) {
      add_word(take_word_in_brackets());
    } else if (is_redirection()) {
      scan_redirection();
    } else if (std::string_view(";&|()").find(c) != std::string_view::npos) {
      if (scan_operator(until_parenthesis)) return;
    } else {
      const Word word = take_word();
      if (word.raw.empty()) return fail();
      add_word(word);
    }
  }
  finish(End::sequence);
  if (until_parenthesis) script_.understood = false;
}

// `]]` ends the brackets also where an operator follows at once.
Word Scanner::take_word_in_brackets() {
  if (!next_is("]]") || (peek(2) != '\0' && !is_word_end(peek(2)))) return take_word();
  at_ += 2;
  return {text_.substr(at_ - 2, 2), offset() - 2};
}

bool Scanner::scan_operator(bool until_parenthesis) {
  switch (peek()) {
    case ';':
      scan_semicolon();
      break;
    case '&':
      scan_ampersand();
      break;
    case '|':
      scan_bar();
      break;
    case '(':
      scan_opening_parenthesis();
      break;
    default:
      return scan_closing_parenthesis(until_parenthesis);
  }
  return false;
}

void Scanner::scan_semicolon() {
  finish(End::sequence);
  if (peek(1) != ';' && peek(1) != '&') {
    ++at_;
    return;
  }
  at_ += next_is(";;&") ? 3 : 2;
  if (level_.frames.empty() || level_.frames.back().kind != Kind::choice) return fail();
  scan_pattern();
}

void Scanner::scan_ampersand() {
  const bool both = peek(1) == '&';
  finish(both ? End::logical_and : End::background);
  at_ += both ? 2 : 1;
}

void Scanner::scan_bar() {
  const bool both = peek(1) == '|';
  finish(both ? End::logical_or : End::pipe);
  at_ += both || peek(1) == '&' ? 2 : 1;
}

void Scanner::scan_opening_parenthesis() {
  Command& command = level_.command;
  if (level_.started && !command.after_compound) {
    if (command.words.size() != 1) return fail();
    if (command.words[0].raw == "for" && is_arithmetic()) return skip_arithmetic();
    ++at_;
    skip_blanks();
    if (peek() != ')' || !command.assignments.empty()) return fail();
    ++at_;
    return define_function(command.words[0].raw);
  }
  if (is_arithmetic()) {
    const std::uint32_t begin = offset();
    skip_arithmetic();
    command_at(begin).words.push_back({text_.substr(begin, at_ - begin), begin});
    return;
  }
  ++at_;
  open(Kind::subshell);
}

bool Scanner::scan_closing_parenthesis(bool until_parenthesis) {
  finish(End::sequence);
  ++at_;
  if (until_parenthesis && level_.frames.empty()) return true;
  close(Kind::subshell);
  return false;
}

void Scanner::scan_newline() {
  ++at_;
  if (level_.in_double_brackets) return;
  finish(End::sequence);
  read_here_documents();
}

bool Scanner::is_redirection() const {
  if (next_is("<(") || next_is(">(")) return false;
  if (next_is("&>")) return true;
  std::size_t at = at_;
  while (at < text_.size() && text_[at] >= '0' && text_[at] <= '9') ++at;
  return at < text_.size() && (text_[at] == '<' || text_[at] == '>');
}

void Scanner::scan_redirection() {
  const std::uint32_t begin = offset();
  Redirection redirection;
  if (peek() >= '0' && peek() <= '9') redirection.fd = peek() - '0';
  while (peek() >= '0' && peek() <= '9') ++at_;
  for (const std::string_view op : kRedirections) {
    if (!next_is(op)) continue;
    redirection.op = text_.substr(at_, op.size());
    break;
  }
  at_ += redirection.op.size();
  skip_blanks();
  redirection.target = take_word();
  if (redirection.target.raw.empty()) return fail();
  if (redirection.op == "<<" || redirection.op == "<<-") {
    HereDocument document;
    for (const char c : redirection.target.raw) {
      const bool quotes = c == '\'' || c == '"' || c == '\\';
      document.literal = document.literal || quotes;
      if (!quotes) document.delimiter += c;
    }
    document.strip_tabs = redirection.op == "<<-";
    here_documents_.push_back(std::move(document));
  }
  command_at(begin).redirections.push_back(redirection);
}

Command& Scanner::command_at(std::uint32_t offset) {
  if (!level_.started) {
    level_.command = Command{};
    level_.command.offset = offset;
    level_.started = true;
  }
  return level_.command;
}

void Scanner::add_word(const Word& word) {
  if (level_.in_double_brackets) {
    level_.command.words.push_back(word);
    level_.in_double_brackets = word.raw != "]]";
    return;
  }
  const bool first =
      !level_.started || (level_.command.after_compound && level_.command.redirections.empty());
  if (first && scan_keyword(word)) return;
  Command& command = command_at(word.offset);
  if (command.words.empty() && is_assignment(word.raw)) {
    command.assignments.push_back(word);
    return;
  }
  command.words.push_back(word);
  level_.in_double_brackets = command.words.size() == 1 && word.raw == "[[";
}

void Scanner::define_function(std::string_view name) {
  script_.functions.push_back(name);
  level_.started = false;
  level_.function_is_next = true;
}

void Scanner::finish(End end) {
  if (!level_.started) return;  // an empty line behind `&&` changes nothing
  Command& command = level_.command;
  const End before = level_.before;
  if (before == End::logical_and || before == End::logical_or) level_.chained = true;
  if (before == End::sequence || before == End::background) level_.chained = false;
  command.end = end;
  command.piped = before == End::pipe;
  command.in_substitution = depth_ > 0;
  command.in_function = is_within_function();
  command.in_group =
      outer_group_ || command.in_function || is_within({Kind::subshell, Kind::group, Kind::loop});
  command.conditional = level_.chained || is_within({Kind::condition, Kind::choice});
  command.tested =
      level_.in_condition || level_.negated || end == End::logical_and || end == End::logical_or;
  const bool says_something = !command.words.empty() || !command.assignments.empty() ||
                              !command.redirections.empty() || end != End::sequence;
  if (says_something) script_.commands.push_back(std::move(command));
  level_.command = Command{};
  level_.started = false;
  level_.before = end;
  if (end != End::pipe) level_.negated = false;
}

bool Scanner::is_within(std::initializer_list<Kind> kinds) const {
  return std::any_of(level_.frames.begin(), level_.frames.end(), [&](const Frame& frame) {
    return std::find(kinds.begin(), kinds.end(), frame.kind) != kinds.end();
  });
}

bool Scanner::is_within_function() const {
  return outer_function_ || std::any_of(level_.frames.begin(), level_.frames.end(),
                                        [](const Frame& frame) { return frame.is_function; });
}

void Scanner::read_here_documents() {
  std::vector<HereDocument> documents;
  documents.swap(here_documents_);
  for (const HereDocument& document : documents) read_here_document(document);
}

void Scanner::read_here_document(const HereDocument& document) {
  const std::size_t begin = at_;
  while (!at_end()) {
    const std::size_t line_begin = at_;
    skip_line();
    std::string_view line = text_.substr(line_begin, at_ - line_begin);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!at_end()) ++at_;
    while (document.strip_tabs && line.starts_with('\t')) line.remove_prefix(1);
    if (line != document.delimiter) continue;
    const std::size_t behind = at_;
    if (document.literal) return;
    at_ = begin;
    scan_expansions(line_begin);
    if (script_.understood) at_ = behind;
    return;
  }
  fail();  // no line with the delimiter
}

}  // namespace stepreg::script
