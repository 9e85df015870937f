// What keeps or hides a script's output: background commands, `exec`, pipelines (L154 to L156).
#include <algorithm>

#include "base/text.h"
#include "rules/script_rules.h"

namespace stepreg::rules {

namespace {

using script::Command;
using script::End;
using script::Redirection;

// `trap 'kill ...' EXIT`, `bash -c 'wait'`: commands inside of texts.
bool is_text_for_a_shell(std::string_view program) {
  return program == "trap" || program == "eval" || program == "bash" || program == "sh";
}

bool ends_background_commands(const ScriptFacts& script) {
  constexpr std::string_view kEnders[] = {"wait", "kill", "pkill", "killall", "fg"};
  for (const Command& command : script.shell.commands) {
    const auto words = program_and_arguments(command);
    if (words.empty()) continue;
    for (const std::string_view ender : kEnders) {
      if (words[0] == ender) return true;
      if (!is_text_for_a_shell(words[0])) continue;
      for (const std::string& word : words) {
        if (script::mentions(word, ender)) return true;
      }
    }
  }
  return reads_further_text(script);
}

void check_background(const ScriptFacts& script, Sink& sink) {
  const auto& commands = script.shell.commands;
  const auto started = std::find_if(commands.begin(), commands.end(), [](const Command& command) {
    return command.end == End::background && !command.in_substitution;
  });
  if (started == commands.end() || ends_background_commands(script)) return;
  const auto words = program_and_arguments(*started);
  const std::string what = words.empty() ? "a compound command" : in_quotes(words[0]);
  add_at_command(script, sink, rule("SR515"), *started, words.empty() ? "" : words[0],
                 what + " runs in the background, and nothing waits for it or ends it")
      .hint = "`wait` for it, or kill it: trap 'kill $(jobs -p)' EXIT";
}

bool goes_to_file(const Redirection& redirection) {
  const bool writes = redirection.op == ">" || redirection.op == ">>" || redirection.op == ">|" ||
                      redirection.op == "&>" || redirection.op == "&>>";
  const std::string target = script::plain_text(redirection.target.raw);
  return writes && redirection.fd <= 1 && redirection.fd != 0 && !target.starts_with(">(") &&
         !target.starts_with("/dev/") && !target.starts_with("/proc/");
}

// `exec 3>&1` keeps the log for later.
bool keeps_output(const Command& command) {
  return std::any_of(command.redirections.begin(), command.redirections.end(),
                     [](const Redirection& redirection) { return redirection.fd > 2; });
}

void check_exec(const ScriptFacts& script, Sink& sink) {
  const Command* hides = nullptr;
  for (const Command& command : script.shell.commands) {
    if (command.words.size() != 1 || command.words[0].raw != "exec") continue;
    if (keeps_output(command)) return;
    const bool at_top = !command.in_group && !command.in_substitution && !command.conditional;
    const auto& all = command.redirections;
    if (at_top && hides == nullptr && std::any_of(all.begin(), all.end(), goes_to_file)) {
      hides = &command;
    }
  }
  if (hides == nullptr) return;
  add_at_command(script, sink, rule("SR516"), *hides, "exec",
                 "from here on all output goes to a file, and the log of the step stays empty")
      .hint = "copy it: exec > >(tee FILE) 2>&1";
}

// Cannot fail, or fail without harm.
bool is_harmless(const std::string& program) {
  for (const std::string_view harmless :
       {"echo", "printf", "true", "yes", "seq", "date", "jobs", "cat", "set", "for"}) {
    if (program == harmless) return true;
  }
  return false;
}

void check_pipefail(const ScriptFacts& script, Sink& sink) {
  if (!sink.wants(rule("SR517"))) return;
  if (script::mentions(script.text(), "pipefail") || reads_further_text(script)) return;
  for (const Command& command : script.shell.commands) {
    if (command.end != End::pipe || command.piped || command.tested) continue;
    const auto words = program_and_arguments(command);
    if (words.empty() || is_harmless(words[0])) continue;
    add_at_command(script, sink, rule("SR517"), command, "pipefail",
                   "when " + in_quotes(words[0]) + " fails here, the script goes on")
        .hint = "write `set -o pipefail` at the top";
    return;
  }
}

}  // namespace

void check_script_output(const ScriptFacts& script, Sink& sink) {
  if (!script.is_understood()) return;
  check_background(script, sink);
  check_exec(script, sink);
  check_pipefail(script, sink);
}

}  // namespace stepreg::rules
