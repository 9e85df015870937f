// Private to script/: reads the text once, from words to compound commands.
#pragma once

#include <initializer_list>

#include "script/shell_script.h"

namespace stepreg::script {

class Scanner {
 public:
  Scanner(std::string_view text, ShellScript& script) : text_(text), script_(script) {}

  void scan_all();

 private:
  enum class Kind : std::uint8_t { subshell, group, condition, loop, choice };
  struct Frame {
    Kind kind;
    bool is_function;  // the body of one
  };

  // What one list of commands knows; substitutions begin a new one.
  struct Level {
    Command command;
    bool started = false;  // `command` holds something
    End before = End::sequence;
    bool chained = false;  // the pipeline stands behind `&&` or `||`
    bool negated = false;
    bool in_condition = false;      // between `if` or `while` and `then` or `do`
    bool function_is_next = false;  // its name was read, its body comes
    bool in_double_brackets = false;
    std::vector<Frame> frames;
  };

  struct HereDocument {
    std::string delimiter;
    bool strip_tabs = false;
    bool literal = false;
  };

  bool at_end() const { return at_ >= text_.size(); }
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  bool next_is(std::string_view expected) const {
    return !at_end() && text_.substr(at_).starts_with(expected);
  }
  void fail();  // ends the scan: the script is not understood
  void skip_blanks();
  void skip_blanks_and_lines();
  void skip_line();

  // words.cc
  Word take_word();
  bool take_special(std::size_t begin);
  void skip_single_quotes();
  void skip_ansi_quotes();
  void skip_double_quotes();
  void skip_backquotes();
  void skip_dollar(bool quoted);
  void skip_braces(bool quoted);
  void skip_brace_rest(bool single_quotes_are_text);
  bool is_arithmetic() const;
  void skip_arithmetic();
  void skip_expansion(bool quoted);
  void skip_array();
  void skip_balanced_parentheses();
  void scan_expansions(std::size_t end);
  void scan_substitution(bool until_parenthesis);
  void read_name(VariableRead& read);

  // scanner.cc
  void scan_list(bool until_parenthesis);
  Word take_word_in_brackets();
  bool scan_operator(bool until_parenthesis);
  void scan_semicolon();
  void scan_ampersand();
  void scan_bar();
  void scan_opening_parenthesis();
  bool scan_closing_parenthesis(bool until_parenthesis);
  void scan_newline();
  bool is_redirection() const;
  void scan_redirection();
  void add_word(const Word& word);
  bool scan_keyword(const Word& word);
  bool opens_compound(const Word& word);
  bool closes_compound(std::string_view word);
  void define_function(std::string_view name);
  void open(Kind kind);
  void close(Kind kind);
  void open_choice();
  void scan_pattern();
  void finish(End end);
  void read_here_documents();
  void read_here_document(const HereDocument& document);
  bool is_within(std::initializer_list<Kind> kinds) const;
  bool is_within_function() const;
  Command& command_at(std::uint32_t offset);
  std::uint32_t offset() const { return static_cast<std::uint32_t>(at_); }

  std::string_view text_;
  ShellScript& script_;
  std::size_t at_ = 0;
  Level level_;
  std::vector<HereDocument> here_documents_;
  int depth_ = 0;    // of substitutions
  int nesting_ = 0;  // of expansions and arrays within each other
  bool outer_group_ = false;
  bool outer_function_ = false;
};

bool is_name_char(char c);
bool is_word_end(char c);

}  // namespace stepreg::script
