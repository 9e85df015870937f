// Traps, the grace period in which their handlers run, and what keeps them from running (L150,
// L152, L153, L157).
#include <algorithm>
#include <optional>

#include "base/fs.h"
#include "base/text.h"
#include "rules/script_rules.h"
#include "rules/step_rules.h"

namespace stepreg::rules {

namespace {

using script::Command;

constexpr Nanoseconds kLongGrace = std::chrono::seconds(60);

struct Trap {
  const Command* command = nullptr;
  std::string action;  // "-" resets, "" ignores
  std::vector<std::string> signals;

  bool handles() const { return !action.empty() && action != "-"; }
  bool is_for(std::string_view signal) const {
    return std::find(signals.begin(), signals.end(), signal) != signals.end();
  }
};

std::string signal_name(std::string_view written) {
  std::string name;
  for (const char c : written) name += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  if (name.starts_with("SIG")) name.erase(0, 3);
  if (name == "0") return "EXIT";
  if (name == "1") return "HUP";
  if (name == "2") return "INT";
  return name == "15" ? "TERM" : name;
}

std::vector<Trap> traps_of(const ScriptFacts& script) {
  std::vector<Trap> traps;
  for (const Command& command : script.shell.commands) {
    std::vector<std::string> words = program_and_arguments(command);
    if (words.size() > 1 && words[0] == "trap" && words[1] == "--") words.erase(words.begin() + 1);
    if (words.size() < 3 || words[0] != "trap" || words[1] == "-p" || words[1] == "-l") continue;
    Trap& trap = traps.emplace_back();
    trap.command = &command;
    trap.action = words[1];
    for (std::size_t i = 2; i < words.size(); ++i) trap.signals.push_back(signal_name(words[i]));
  }
  return traps;
}

bool is_at_top(const Command& command) {
  return !command.in_group && !command.in_substitution && !command.conditional && !command.tested;
}

bool works_between(const ScriptFacts& script, const Command& first, const Command& second) {
  return std::any_of(script.shell.commands.begin(), script.shell.commands.end(),
                     [&](const Command& command) {
                       return command.offset > first.offset && command.offset < second.offset &&
                              !command.in_function && !is_idle(command);
                     });
}

std::size_t mentions_of(std::string_view text, std::string_view name) {
  std::size_t count = 0;
  for (std::size_t at = text.find(name); at != std::string_view::npos;
       at = text.find(name, at + name.size())) {
    ++count;
  }
  return count;
}

// Does the second handler do what the first did: by holding its text, or because the function that
// the first names is called from somewhere else as well?
bool goes_on_with(const ScriptFacts& script, const Trap& first, const Trap& second) {
  if (second.action.find(first.action) != std::string::npos) return true;
  const bool is_name = first.action.find_first_of(" ;|&$") == std::string::npos;
  return is_name && mentions_of(script.text(), first.action) > 2;
}

std::optional<std::string> common_signal(const Trap& first, const Trap& second) {
  for (const std::string_view signal : {"EXIT", "TERM", "INT", "HUP"}) {
    if (first.is_for(signal) && second.is_for(signal)) return std::string(signal);
  }
  return std::nullopt;
}

void check_replaced(const ScriptFacts& script, const std::vector<Trap>& traps, Sink& sink) {
  for (std::size_t i = 0; i < traps.size(); ++i) {
    const Trap& first = traps[i];
    if (!first.handles() || !is_at_top(*first.command)) continue;
    for (std::size_t k = i + 1; k < traps.size(); ++k) {
      const Trap& second = traps[k];
      const auto signal = common_signal(first, second);
      if (!signal) continue;
      const bool by_intent = !second.handles() || !is_at_top(*second.command) ||
                             works_between(script, *first.command, *second.command) ||
                             goes_on_with(script, first, second);
      if (by_intent) break;
      Diagnostic& finding = add_at_command(
          script, sink, rule("SR513"), *second.command, *signal,
          "this handler of " + *signal + " replaces the one before, which never runs");
      finding.hint = "do both in one handler";
      finding.notes.push_back(
          {location_in(*script.file, first.command->offset, 4), "the first is set here"});
      break;
    }
  }
}

void check_twice(const ScriptFacts& script, const std::vector<Trap>& traps, Sink& sink) {
  // A handler that ends the traps itself runs once.
  for (const Trap& trap : traps) {
    if (!trap.handles()) return;
  }
  for (const Trap& trap : traps) {
    const bool by_signal = trap.is_for("TERM") || trap.is_for("INT");
    if (!by_signal || !trap.is_for("EXIT")) continue;
    if (trap.action.find("trap ") != std::string::npos) continue;
    const std::string signal = trap.is_for("TERM") ? "TERM" : "INT";
    add_at_command(script, sink, rule("SR512"), *trap.command, signal,
                   "after " + signal + " this handler runs a second time at the exit")
        .hint = "trap EXIT alone, or begin the handler with `trap - EXIT " + signal + "`";
  }
}

// `90`, `2m`, `1h`: at least a minute?
bool is_long_pause(const std::vector<std::string>& words) {
  if (words.size() != 2 || words[0] != "sleep" || !is_digit(words[1][0])) return false;
  const std::string_view unit = std::string_view(words[1]).substr(
      std::min(words[1].find_first_not_of("0123456789"), words[1].size()));
  if (unit == "m" || unit == "h" || unit == "d") return true;
  return (unit.empty() || unit == "s") && words[1].size() - unit.size() >= 3;
}

bool takes_long(const Command& command) {
  const auto words = program_and_arguments(command);
  if (words.empty()) return false;
  if (is_long_pause(words)) return true;
  const auto begins = [&](std::string_view program, std::string_view verb) {
    return words.size() > 1 && base_name(words[0]) == program && words[1] == verb;
  };
  return begins("openshift-install", "create") || begins("openshift-install", "wait-for") ||
         begins("openshift-install", "destroy") || begins("openshift-tests", "run") ||
         begins("oc", "wait") || begins("kubectl", "wait");
}

// The shell looks at signals between its commands, or while it waits in `wait`.
void check_behind_foreground(const ScriptFacts& script, const std::vector<Trap>& traps,
                             Sink& sink) {
  const auto trap = std::find_if(traps.begin(), traps.end(), [](const Trap& each) {
    return each.handles() && (each.is_for("TERM") || each.is_for("INT"));
  });
  if (trap == traps.end()) return;
  for (const Command& command : script.shell.commands) {
    if (command.end == script::End::background || command.in_group || !takes_long(command))
      continue;
    if (command.offset < trap->command->offset) continue;
    Diagnostic& finding =
        add_at_command(script, sink, rule("SR518"), command, "foreground",
                       "a signal that only the shell gets is handled when this command has ended");
    finding.hint = "start it in the background, and `wait` for it";
    finding.notes.push_back(
        {location_in(*script.file, trap->command->offset, 4), "the handler is set here"});
    return;
  }
}

void check_grace(const ScriptFacts& script, const StepComponent& component, bool has_trap,
                 Sink& sink) {
  const Step& step = component.definition.step;
  if (has_trap || !script.is_understood() || !step.grace_period) return;
  if (*step.grace_period <= kLongGrace || reads_further_text(script)) return;
  const bool replaces_itself =
      std::any_of(script.shell.commands.begin(), script.shell.commands.end(),
                  [](const Command& c) { return c.words.size() > 1 && c.words[0].raw == "exec"; });
  if (replaces_itself) return;
  add_at_step(component, sink, rule("SR511"), step.grace_period.place, "grace_period",
              "the step " + in_quotes(component.name) +
                  " has a long `grace_period`, and its script sets no trap")
      .hint = "leave it out, or set a trap that uses the time";
}

void check_trap(const ScriptFacts& script, const StepComponent& component, std::size_t trap,
                Sink& sink) {
  const Step& step = component.definition.step;
  if (step.grace_period) return;
  const StepContext context{
      sink, "ref/" + component.name, "the step " + in_quotes(component.name), "", {}, nullptr, {}};
  add_trap_finding(step, context).notes.push_back({location_in(*script.file, trap, 4), "set here"});
}

}  // namespace

void check_script_traps(const ScriptFacts& script, Sink& sink) {
  const std::size_t trap = script::find_command(script.shell, "trap");
  const bool has_trap = trap != std::string_view::npos;
  for (const StepComponent* step : script.steps) {
    if (has_trap) check_trap(script, *step, trap, sink);
    check_grace(script, *step, has_trap, sink);
  }
  if (!has_trap || !script.is_understood()) return;
  const std::vector<Trap> traps = traps_of(script);
  check_replaced(script, traps, sink);
  check_twice(script, traps, sink);
  check_behind_foreground(script, traps, sink);
}

}  // namespace stepreg::rules
