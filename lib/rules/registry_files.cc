// Scripts of the registry (SR5).
#include "base/fs.h"
#include "base/text.h"
#include "rules/registry_rules.h"
#include "rules/shell_words.h"
#include "rules/step_rules.h"

namespace stepreg::rules {

namespace {

// A link that was stored as an ordinary file has one line with the path of its target, and no line
// break.
bool is_link_text(const Registry& registry, const ScriptFile& script) {
  const std::string_view text = trimmed(script.source->text());
  if (text.empty() || text.find_first_of(" \t\n;|&$\"'") != std::string_view::npos) return false;
  if (!text.starts_with("../") && !text.starts_with("./")) return false;
  return path_exists(join_path(registry.root, join_path(parent_path(script.path), text)));
}

void check_link_texts(const Registry& registry, Sink& sink) {
  for (const auto& [path, script] : registry.scripts) {
    if (!is_link_text(registry, *script)) continue;
    Diagnostic& finding = sink.add(
        rule("SR505"), Place{script->source.get(), 0},
        "the script is only the path of another file, " + quoted(trimmed(script->source->text())));
    finding.subject = path;
    finding.hint = "make it a symbolic link again";
  }
}

void check_trap(const StepComponent& component, Sink& sink) {
  const Step& step = component.definition.step;
  if (component.script == nullptr || step.grace_period) return;
  const std::size_t trap = find_command(component.script->source->text(), "trap");
  if (trap == std::string_view::npos) return;
  const Place place = step.commands ? step.commands.place : step.as.place;
  Diagnostic& finding = sink.add(rule("SR510"), place,
                                 "the script of the step " + quoted(component.name) +
                                     " sets a trap, and the step has no `grace_period`");
  finding.component = "ref/" + component.name;
  finding.subject = "grace_period";
  finding.hint = "add `grace_period`, the time that the handler may take; 15s is the default";
  finding.notes.push_back(
      {Location::of({component.script->source.get(), static_cast<std::uint32_t>(trap)}),
       "set here"});
  add_grace_period(finding, step);
}

}  // namespace

void check_scripts(const Registry& registry, Sink& sink) {
  check_link_texts(registry, sink);
  for (const auto& step : registry.steps.all) check_trap(*step, sink);
}

}  // namespace stepreg::rules
