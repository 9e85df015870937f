#include "script/shell_script.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

namespace stepreg::script {

namespace {

// The words of every command, joined by blanks, one command a line.
std::string commands_of(std::string_view text) {
  std::string all;
  for (const Command& command : parse_shell(text).commands) {
    std::string line;
    for (const Word& word : command.assignments) line += "{" + std::string(word.raw) + "} ";
    for (const Word& word : command.words) line += std::string(word.raw) + " ";
    for (const Redirection& r : command.redirections) {
      line += std::string(r.op) + std::string(r.target.raw) + " ";
    }
    if (line.empty()) continue;
    line.back() = '\n';
    all += line;
  }
  return all;
}

std::string reads_of(std::string_view text) {
  std::string all;
  for (const VariableRead& read : parse_shell(text).reads) {
    all += (all.empty() ? "" : " ") + std::string(read.indirect ? "!" : "") +
           std::string(read.name) + std::string(read.rest);
  }
  return all;
}

Command only(std::string_view text) {
  const ShellScript script = parse_shell(text);
  REQUIRE(script.commands.size() == 1);
  return script.commands[0];
}

}  // namespace

TEST_CASE("commands are split at operators, not inside of quotes and comments") {
  CHECK(commands_of("a 1; b '2; x' && c \"3|y\" # d; e\nf\\ g") ==
        "a 1\nb '2; x'\nc \"3|y\"\nf\\ g\n");
  CHECK(commands_of("a \\\n  b\n") == "a b\n");
  CHECK(commands_of("A=1 B+=(x 'y z') c d=e") == "{A=1} {B+=(x 'y z')} c d=e\n");
  CHECK(commands_of("[[ $a =~ ^(b|c)$ && -f x ]] && d") == "[[ $a =~ ^(b|c)$ && -f x ]]\nd\n");
  CHECK(commands_of("if [[ -f x ]]; then y; fi") == "[[ -f x ]]\ny\n");
}

TEST_CASE("compound commands") {
  CHECK(commands_of("if a; then b; elif c; then d; else e; fi") == "a\nb\nc\nd\ne\n");
  CHECK(commands_of("case $x in a|b) c ;; (d) e ;& *) f\nesac\ng") == "c\ne\nf\ng\n");
  CHECK(commands_of("for ((i=0; i<3; i++)); do a; done > b") == "for\na\n>b\n");
  CHECK(commands_of("while read -r l; do a; done < <(b)") == "read -r l\na\nb\n<<(b)\n");
  const ShellScript script = parse_shell("f() { a; }\nfunction g { b; }\nfunction h() ( c )\nd");
  CHECK(script.functions == std::vector<std::string_view>{"f", "g", "h"});
  REQUIRE(script.commands.size() == 4);
  CHECK(script.commands[0].in_function);
  CHECK(script.commands[2].in_function);
  CHECK_FALSE(script.commands[3].in_function);
}

TEST_CASE("substitutions hold commands of their own") {
  CHECK(commands_of("x=$(a \"$(b)\" | c)") == "b\na \"$(b)\"\nc\n{x=$(a \"$(b)\" | c)}\n");
  CHECK(commands_of("a `b c` d") == "b c\na `b c` d\n");
  CHECK(commands_of("x=$((1 + (2 * 3)))") == "{x=$((1 + (2 * 3)))}\n");
  CHECK(commands_of("x=$( (a); (b) )") == "a\nb\n{x=$( (a); (b) )}\n");
  const ShellScript script = parse_shell("x=$(a)");
  CHECK(script.commands[0].in_substitution);
  CHECK_FALSE(script.commands[1].in_substitution);
}

TEST_CASE("here-documents are text") {
  CHECK(commands_of("cat <<E; a\ntrap x\nE\nb") == "cat <<E\na\nb\n");
  CHECK(reads_of("cat <<E\n$A ${B:-c} \\$C\nE\n") == "A B:-c");
  CHECK(reads_of("cat <<'E'\n$A\nE\n") == "");
  CHECK(reads_of("cat <<-E\n\t$A\n\tE\n") == "A");
  CHECK(reads_of("x=$(cat <<E\n$A)\nE\n)") == "A");
  CHECK_FALSE(parse_shell("cat <<E\nx\n").understood);
}

TEST_CASE("reads of variables") {
  CHECK(reads_of("a $B \"${C%/*}\" '$D' ${!E} ${#F} $1 $@ ${1:-$G}") == "B C%/* !E F G");
  CHECK(reads_of("echo \"${A:-it's}\" ${B:-'}'}") == "A:-it's B:-'}'");
  CHECK(reads_of("x=\"$(a \"${B}\")\"") == "B");
  CHECK(reads_of("(( $A + 1 )) # $B") == "A");
}

TEST_CASE("what stands around a command") {
  CHECK(only("a &").end == End::background);
  CHECK(only("! a").tested);
  CHECK(only("( a )").in_group);
  const ShellScript pipe = parse_shell("a | b || c\nif d; then e; fi");
  REQUIRE(pipe.commands.size() == 5);
  CHECK(pipe.commands[0].end == End::pipe);
  CHECK(pipe.commands[1].piped);
  CHECK(pipe.commands[1].tested);
  CHECK(pipe.commands[2].conditional);
  CHECK(pipe.commands[3].tested);
  CHECK(pipe.commands[4].conditional);
  CHECK_FALSE(pipe.commands[4].tested);
  const Command exec = only("exec 3>&1 &> log");
  REQUIRE(exec.redirections.size() == 2);
  CHECK(exec.redirections[0].fd == 3);
  CHECK(exec.redirections[1].op == "&>");
}

TEST_CASE("a script that does not end is not understood") {
  for (const char* text : {"echo 'a", "echo \"a", "if a; then b", "a )", "x=$(a", "${A", "case x",
                           "f() { a", "a ;; b", "`a"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_shell(text).understood);
  }
  CHECK_FALSE(parse_shell(std::string(100000, '(')).understood);
  std::string nested;
  for (int i = 0; i < 5000; ++i) nested += "$(";
  CHECK_FALSE(parse_shell(nested).understood);
}

TEST_CASE("words without quotes") {
  CHECK(plain_text("\"${A}\"/'b c'\\ d$E") == "${A}/b c d${E}");
  CHECK(plain_text("\"$(cat \"${B}\")\"") == "$(cat \"${B}\")");
  CHECK(plain_text("\"it's\"") == "it's");
}

TEST_CASE("other languages, mentions, commands") {
  CHECK(is_other_language("#!/usr/bin/env python3\n"));
  CHECK(is_other_language("#!/usr/bin/python -u\n"));
  CHECK_FALSE(is_other_language("#!/bin/bash -e\n"));
  CHECK_FALSE(is_other_language("#!/usr/bin/env -S bash\n"));
  CHECK_FALSE(is_other_language("#!/usr/bin/env  bash"));
  CHECK_FALSE(is_other_language("#!\t/bin/sh\t-e\n"));
  CHECK_FALSE(is_other_language("echo a\n"));
  CHECK(interpreter_of("#! /bin/zsh -f\n") == "zsh");
  CHECK(interpreter_of("#!/usr/bin/env\necho a\n") == "");
  CHECK(count_mentions("a=${a}; aa b_a a", "a") == 3);
  CHECK(count_mentions("", "a") == 0);
  CHECK(mentions("a ${B} c", "B"));
  CHECK_FALSE(mentions("a ${BB} B_ c", "B"));
  const std::string_view text = "# trap\necho trap 'trap'\nbuiltin trap x EXIT";
  CHECK(find_command(parse_shell(text), "trap") == text.rfind("trap"));
  CHECK(find_command(parse_shell("$(trap x EXIT)"), "trap") == 2);
  CHECK(find_command(parse_shell("echo"), "trap") == std::string_view::npos);
}

}  // namespace stepreg::script
