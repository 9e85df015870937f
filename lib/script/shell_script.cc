#include "script/shell_script.h"

#include <algorithm>

#include "base/fs.h"
#include "base/text.h"
#include "script/scanner.h"

namespace stepreg::script {

namespace {

// Over an expansion that starts with `$`; its end within `raw`.
std::size_t expansion_end(std::string_view raw, std::size_t begin) {
  const char opening = raw[begin + 1];
  const char closing = opening == '{' ? '}' : ')';
  int open = 0;
  for (std::size_t i = begin + 1; i < raw.size(); ++i) {
    if (raw[i] == '\\') {
      ++i;
    } else if (raw[i] == opening) {
      ++open;
    } else if (raw[i] == closing && --open == 0) {
      return i + 1;
    }
  }
  return raw.size();
}

std::size_t name_end(std::string_view raw, std::size_t begin) {
  std::size_t end = begin;
  while (end < raw.size() && is_name_char(raw[end])) ++end;
  return end;
}

}  // namespace

std::string plain_text(std::string_view raw) {
  std::string text;
  char quote = '\0';
  for (std::size_t i = 0; i < raw.size(); ++i) {
    const char c = raw[i];
    const char next = i + 1 < raw.size() ? raw[i + 1] : '\0';
    if (quote == '\'') {
      c == '\'' ? void(quote = '\0') : text.push_back(c);
    } else if (c == '\\') {
      if (next != '\0' && next != '\n') text += next;
      ++i;
    } else if (c == '"' || c == '\'') {
      if (c == '\'' && quote == '"') {
        text += c;
      } else {
        quote = quote == c ? '\0' : c;
      }
    } else if (c == '$' && (next == '{' || next == '(')) {
      const std::size_t end = expansion_end(raw, i);
      text += raw.substr(i, end - i);
      i = end - 1;
    } else if (c == '$' && is_name_char(next)) {
      const std::size_t end = name_end(raw, i + 1);
      text.append("${").append(raw.substr(i + 1, end - i - 1)).append("}");
      i = end - 1;
    } else {
      text += c;
    }
  }
  return text;
}

ShellScript parse_shell(std::string_view text) {
  ShellScript script;
  Scanner(text, script).scan_all();
  return script;
}

std::string_view interpreter_of(std::string_view text) {
  if (!text.starts_with("#!")) return {};
  std::string_view rest = text.substr(2, text.find('\n') - 2);
  while (!(rest = trimmed(rest)).empty()) {
    const std::string_view word = rest.substr(0, rest.find_first_of(" \t"));
    if (base_name(word) != "env" && !word.starts_with('-')) return base_name(word);
    rest.remove_prefix(word.size());
  }
  return {};
}

bool is_other_language(std::string_view text) {
  const std::string_view program = interpreter_of(text);
  if (program.empty()) return false;
  for (const std::string_view shell : {"sh", "bash", "dash", "ksh", "ash"}) {
    if (program == shell) return false;
  }
  return true;
}

std::size_t find_mention(std::string_view text, std::string_view name, std::size_t from) {
  for (std::size_t at = text.find(name, from); at != std::string_view::npos;
       at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    const bool begins = at == 0 || !is_name_char(text[at - 1]);
    const bool ends = end == text.size() || !is_name_char(text[end]);
    if (begins && ends) return at;
  }
  return std::string_view::npos;
}

bool mentions(std::string_view text, std::string_view name) {
  return find_mention(text, name, 0) != std::string_view::npos;
}

std::size_t count_mentions(std::string_view text, std::string_view name) {
  std::size_t count = 0;
  for (std::size_t at = find_mention(text, name, 0); at != std::string_view::npos;
       at = find_mention(text, name, at + name.size())) {
    ++count;
  }
  return count;
}

std::size_t find_command(const ShellScript& script, std::string_view name) {
  std::size_t first = std::string_view::npos;
  for (const Command& command : script.commands) {
    // Commands stand in the order of their ends: one in a substitution comes before the one around.
    std::size_t at = 0;
    while (at < command.words.size() &&
           (command.words[at].raw == "builtin" || command.words[at].raw == "command")) {
      ++at;
    }
    if (at < command.words.size() && command.words[at].raw == name) {
      first = std::min<std::size_t>(first, command.words[at].offset);
    }
  }
  return first;
}

}  // namespace stepreg::script
