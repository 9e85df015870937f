// Variables between steps and their scripts: declared and never read, needed and not declared,
// deprecated (L124, L126).
#include <algorithm>

#include "base/text.h"
#include "rules/script_environment.h"
#include "rules/script_rules.h"

namespace stepreg::rules {

namespace {

using script::Command;
using script::VariableRead;

void report_unread(const StepComponent& step, const ScriptFacts& script, RuleId id,
                   const Text& name, const std::string& what, Sink& sink) {
  if (name->empty() || script::mentions(script.text(), *name)) return;
  if (is_read_by_tools(*name) || is_ambient(*name)) return;
  Diagnostic& finding = add_at_step(step, sink, id, name.place, std::string(*name),
                                    "the script of the step " + in_quotes(step.name) +
                                        " never reads " + what + " " + in_quotes(*name));
  finding.hint = id == rule("SR532") ? "read it, so that the step uses what it has leased"
                                     : "remove it, or read it in the script";
  finding.notes.push_back({location_in(*script.file, 0, 0), "this is the script"});
}

void check_unread(const ScriptFacts& script, Sink& sink) {
  if (!sink.wants(rule("SR531")) && !sink.wants(rule("SR532"))) return;
  if (!script.is_understood() || hands_on_environment(script)) return;
  for (const StepComponent* component : script.steps) {
    const Step& step = component->definition.step;
    for (const auto& parameter : step.env) {
      report_unread(*component, script, rule("SR531"), parameter->name, "the parameter", sink);
    }
    for (const auto& dependency : step.dependencies) {
      report_unread(*component, script, rule("SR531"), dependency->env, "the dependency", sink);
    }
    for (const auto& lease : step.leases) {
      report_unread(*component, script, rule("SR532"), lease->env, "the lease", sink);
    }
  }
}

// `${NAME:-x}`, `${NAME+x}`: the script is prepared for a variable that is not set.
bool is_guarded(const VariableRead& read) {
  const std::string_view rest = read.rest.starts_with(':') ? read.rest.substr(1) : read.rest;
  return !rest.empty() && (rest[0] == '-' || rest[0] == '+' || rest[0] == '=');
}

// Is the read reached whenever the script gets so far?
bool is_always_reached(const ScriptFacts& script, const VariableRead& read) {
  const Command* around = nullptr;
  for (const Command& command : script.shell.commands) {
    if (command.offset > read.offset) continue;
    if (around == nullptr || command.offset >= around->offset) around = &command;
  }
  return around != nullptr && !around->conditional && !around->in_group && !around->tested;
}

// The read that fails without a value, or null.
const VariableRead* needs(const ScriptFacts& script, std::string_view name) {
  const VariableRead* found = nullptr;
  std::size_t reads = 0;
  for (const VariableRead& read : script.shell.reads) {
    if (read.name != name) continue;
    ++reads;
    if (is_guarded(read) || read.indirect) return nullptr;
    if (found == nullptr && is_always_reached(script, read)) found = &read;
  }
  // Any other mention may be an assignment or a question whether it is set.
  return reads == script::count_mentions(script.text(), name) ? found : nullptr;
}

void report_missing(const ScriptFacts& script, const StepComponent& step,
                    const StepComponent& declaring, const Text& name, const VariableRead& read,
                    Sink& sink) {
  const Step& definition = step.definition.step;
  const Place place = definition.commands ? definition.commands.place : definition.as.place;
  Diagnostic& finding = add_at_step(step, sink, rule("SR506"), place, std::string(*name),
                                    "the step " + in_quotes(step.name) + " does not declare " +
                                        in_quotes(*name) + ", which its script needs");
  finding.hint = "declare it under `env`, as the step " + in_quotes(declaring.name) + " does";
  finding.notes.push_back(
      {location_in(*script.file, read.offset, name->size() + 1), "read here without a default"});
  finding.notes.push_back({Location::of(name.place), "declared here for the other step"});
}

void check_shared(const ScriptFacts& script, Sink& sink) {
  if (script.steps.size() < 2 || !script.is_understood() || reads_further_text(script)) return;
  for (const StepComponent* declaring : script.steps) {
    for (const auto& parameter : declaring->definition.step.env) {
      const Text& name = parameter->name;
      const bool lacked = std::any_of(
          script.steps.begin(), script.steps.end(),
          [&](const StepComponent* step) { return !declares(step->definition.step, *name); });
      if (!lacked || is_ambient(*name)) continue;
      const VariableRead* read = needs(script, *name);
      if (read == nullptr) continue;
      for (const StepComponent* step : script.steps) {
        if (declares(step->definition.step, *name)) continue;
        report_missing(script, *step, *declaring, name, *read, sink);
      }
    }
  }
}

void check_deprecated(const ScriptFacts& script, Sink& sink) {
  struct Deprecated {
    std::string_view name, advice;
  };
  constexpr Deprecated kDeprecated[] = {
      {"IMAGE_FORMAT", "ask for the image under `dependencies` of the step"},
      {"BUILD_NUMBER", "read BUILD_ID, which has the same value"},
  };
  for (const auto& [name, advice] : kDeprecated) {
    const auto read =
        std::find_if(script.shell.reads.begin(), script.shell.reads.end(),
                     [&, wanted = name](const VariableRead& r) { return r.name == wanted; });
    if (read == script.shell.reads.end() || is_set_somewhere(script.text(), name)) continue;
    const bool declared = std::any_of(script.steps.begin(), script.steps.end(),
                                      [&, wanted = name](const StepComponent* s) {
                                        return declares(s->definition.step, wanted);
                                      });
    if (declared) continue;
    add_in_script(script, sink, rule("SR533"), read->offset, name.size() + 1, std::string(name),
                  in_quotes(name) + " is deprecated")
        .hint = advice;
  }
}

}  // namespace

void check_script_variables(const ScriptFacts& script, Sink& sink) {
  check_unread(script, sink);
  check_shared(script, sink);
  if (script.is_understood()) check_deprecated(script, sink);
}

}  // namespace stepreg::rules
