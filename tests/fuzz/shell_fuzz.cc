// Shell scripts: whatever was found in a script lies in its text.
#include <algorithm>

#include "base/check.h"
#include "base/shell.h"
#include "fuzz.h"
#include "script/shell_script.h"

namespace stepreg::fuzz {

namespace {

using script::Word;

class ScriptCheck {
 public:
  explicit ScriptCheck(std::string_view text) : text_(text), script_(script::parse_shell(text)) {}

  void check() const {
    for (const script::Command& command : script_.commands) check_command(command);
    for (std::size_t i = 0; i < std::min(script_.commands.size(), kLookedUp); ++i) {
      look_up(script_.commands[i]);
    }
    for (const script::VariableRead& read : script_.reads) {
      CHECK(read.offset <= text_.size());
      CHECK(!read.name.empty());
      check_view(read.name);
      check_view(read.rest);
    }
    for (const std::string_view name : script_.functions) {
      CHECK(!name.empty());
      check_view(name);
    }
  }

  const script::ShellScript& script() const { return script_; }

 private:
  void check_view(std::string_view part) const {
    if (part.empty()) return;
    CHECK(part.data() >= text_.data());
    CHECK(part.data() + part.size() <= text_.data() + text_.size());
  }

  void check_word(const Word& word) const {
    check_view(word.raw);
    CHECK(text_.substr(word.offset, word.raw.size()) == word.raw);
    script::plain_text(word.raw);
  }

  void check_command(const script::Command& command) const {
    CHECK(command.offset <= text_.size());
    for (const Word& word : command.assignments) check_word(word);
    for (const Word& word : command.words) check_word(word);
    for (const script::Redirection& redirection : command.redirections) {
      check_view(redirection.op);
      check_word(redirection.target);
    }
  }

  void look_up(const script::Command& command) const {
    if (command.words.empty()) return;
    const std::string_view name = command.words.front().raw;
    const std::size_t found = script::find_command(script_, name);
    CHECK(found == std::string_view::npos || found <= text_.size());
    script::mentions(text_, name);
  }

  static constexpr std::size_t kLookedUp = 20;  // commands; each goes through the whole script

  std::string_view text_;
  script::ShellScript script_;
};

// A quoted text is one word that means the text.
void check_quoting(std::string_view text) {
  if (text.find('\0') != std::string_view::npos) return;
  const std::string line = "say " + shell_quoted(text);
  const script::ShellScript script = script::parse_shell(line);
  CHECK(script.understood);
  CHECK(script.commands.size() == 1);
  CHECK(script.commands.front().words.size() == 2);
  CHECK(script::plain_text(script.commands.front().words.back().raw) == text);
}

}  // namespace

}  // namespace stepreg::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = stepreg::fuzz::text_of(data, size);
  stepreg::script::is_other_language(text);
  stepreg::fuzz::ScriptCheck(text).check();
  stepreg::fuzz::check_quoting(text);
  return 0;
}
