// A shell script as the rules see it: its simple commands, their redirections, and what is read of
// variables. Quoting, comments, here-documents, substitutions, functions and `case` patterns are
// understood; nothing is run or expanded. Names that come out of expansions, `eval` or aliases are
// not seen.
//
// All views point into the text, which must outlive the result.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stepreg::script {

struct Word {
  std::string_view raw;  // as written, with quotes
  std::uint32_t offset = 0;
};

// The word without its quotes. `$NAME` becomes `${NAME}`; other expansions stay as written.
std::string plain_text(std::string_view raw);

struct Redirection {
  std::string_view op;  // "<", ">", ">>", ">|", "<>", ">&", "<&", "&>", "&>>", "<<<", "<<", "<<-"
  int fd = -1;          // as written; -1 when none is
  Word target;          // of a here-document: its delimiter
};

// `$NAME`, `${NAME...}`, also inside double quotes and here-documents.
struct VariableRead {
  std::string_view name;
  std::string_view rest;  // behind the name, up to the brace: ":-default", "%/*", "[@]"
  bool indirect = false;  // `${!NAME}`
  std::uint32_t offset = 0;
};

enum class End : std::uint8_t { sequence, background, pipe, logical_and, logical_or };

struct Command {
  std::vector<Word> assignments;  // "NAME=value" before the words
  std::vector<Word> words;        // empty: assignments or redirections alone
  std::vector<Redirection> redirections;
  std::uint32_t offset = 0;
  End end = End::sequence;
  bool piped = false;            // its input is the output of the command before
  bool in_function = false;      // between the braces of a function
  bool in_substitution = false;  // `$(...)`, backquotes, `<(...)`
  bool in_group = false;         // within (...), {...}, a loop or a function
  bool conditional = false;      // within `if` or `case`, or behind `&&` or `||`
  bool tested = false;           // its status is looked at: `if`, `while`, `!`, `&&`, `||`
  bool after_compound = false;   // redirections or a pipe of `done`, `fi`, `}` or `)`
};

struct ShellScript {
  std::vector<Command> commands;  // in the order in which they end
  std::vector<VariableRead> reads;
  std::vector<std::string_view> functions;  // names that the script defines
  // False when quotes or brackets do not match: what stands above is then not to be relied on.
  bool understood = true;
};

ShellScript parse_shell(std::string_view text);

// The program that the `#!` line asks for, without its directory: "python3"; "" without such a
// line.
std::string_view interpreter_of(std::string_view text);
// Is that another one than a shell whose language is that of bash?
bool is_other_language(std::string_view text);

// `name` as a whole word, no letter, digit or underscore beside it: where it stands from `from` on
// (npos: nowhere), whether, and how often. `name` is not empty.
std::size_t find_mention(std::string_view text, std::string_view name, std::size_t from);
bool mentions(std::string_view text, std::string_view name);
std::size_t count_mentions(std::string_view text, std::string_view name);

// The offset of the first place where `name` is run as a simple command, or npos.
std::size_t find_command(const ShellScript& script, std::string_view name);

}  // namespace stepreg::script
