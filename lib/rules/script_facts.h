// Scripts of a registry with who runs them, read once for all rules about scripts.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/sink.h"
#include "model/registry.h"
#include "script/shell_script.h"

namespace stepreg::rules {

// One script; links to it count as itself.
struct ScriptFacts {
  const ScriptFile* file = nullptr;
  std::vector<const StepComponent*> steps;  // that run it, in the order of the walk
  bool has_observer = false;                // an observer runs it
  bool is_shell = false;                    // not Python or the like
  bool is_parsed = false;                   // by parse()
  script::ShellScript shell;                // empty when it is none, and before

  std::string_view text() const { return file->source->text(); }
  // Every bracket and quote was matched: what is not found is not there.
  bool is_understood() const { return is_shell && shell.understood; }
};

// In the order of their paths; not parsed yet.
std::vector<ScriptFacts> collect_scripts(const Registry& registry);
void parse(ScriptFacts& script);

// Bytes [begin, begin + length) of a script as a place for findings.
Location location_in(const ScriptFile& script, std::size_t begin, std::size_t length);

// A finding in the text of a script. Its component is the first step that runs it.
Diagnostic& add_in_script(const ScriptFacts& facts, Sink& sink, RuleId id, std::size_t begin,
                          std::size_t length, std::string subject, std::string message);
// The same for all that a command says, from its first word to its last.
Diagnostic& add_at_command(const ScriptFacts& facts, Sink& sink, RuleId id,
                           const script::Command& command, std::string subject,
                           std::string message);
// A finding about a step, at a place of its definition.
Diagnostic& add_at_step(const StepComponent& step, Sink& sink, RuleId id, Place place,
                        std::string subject, std::string message);

// The words of a command without quotes, from the program on: `sudo`, `timeout 5m`, `command` and
// the like are not it. Empty when there is no word.
std::vector<std::string> program_and_arguments(const script::Command& command);
bool has_word(const std::vector<std::string>& words, std::string_view word);
// Does it only set, assign or say something?
bool is_idle(const script::Command& command);
bool has_program(const ScriptFacts& facts, std::string_view name);
// Does it read further shell text (`source`, `.`, `eval`)?
bool reads_further_text(const ScriptFacts& facts);
// Is it `export`, `local` or the like, whose arguments are NAME or NAME=VALUE?
bool declares_variables(std::string_view program);
// Does it set variables whose names come out of expansions (`export "${name}=1"`, `coproc`)?
bool assigns_by_expansion(const ScriptFacts& facts);

// Is `name` a parameter, dependency or lease of the step?
bool declares(const Step& step, std::string_view name);
// Is it a variable that the executor, the job system or the shell sets (registry.md 5.10)?
bool is_ambient(std::string_view name);
// Does anything in the text look like a place that gives `name` a value?
bool is_set_somewhere(std::string_view text, std::string_view name);

// "deprovision", "destroy", "delete", ...: the step is there to clean up.
bool is_cleanup_name(std::string_view step);

// `${SHARED_DIR}/x` gives "x"; an empty view with data for the directory itself; otherwise null.
struct SharedPath {
  bool is_one = false;
  std::string_view rest;
};
SharedPath shared_path(std::string_view plain_word);

}  // namespace stepreg::rules
