// Scripts in other languages than shell, and who runs them (E221, E222).
#include <algorithm>

#include "base/text.h"
#include "diag/edit.h"
#include "rules/script_rules.h"

namespace stepreg::rules {

void check_script_interpreter(const ScriptFacts& script, Sink& sink) {
  if (script.is_shell || !sink.wants(rule("SR541"))) return;
  const std::size_t first_line = std::min(script.text().find('\n'), script.text().size());
  for (const StepComponent* component : script.steps) {
    const Step& step = component->definition.step;
    if (is_true(step.run_as_script)) continue;
    const Place place = step.commands ? step.commands.place : step.as.place;
    Diagnostic& finding =
        add_at_step(*component, sink, rule("SR541"), place, "run_as_script",
                    "the script of the step " + in_quotes(component->name) + " asks for " +
                        in_quotes(script::interpreter_of(script.text())) + ", and bash runs it");
    finding.hint = "add `run_as_script: true`, so that its first line counts";
    finding.notes.push_back({location_in(*script.file, 0, first_line), "it begins so"});
    const Text& sibling = step.commands ? step.commands : step.as;
    if (step.run_as_script) continue;  // said to be false
    auto edit = insert_line_after(sibling.place, "run_as_script", "true");
    if (!edit) continue;
    finding.fix = Fix::unsafe;
    finding.edits.push_back(std::move(*edit));
  }
}

}  // namespace stepreg::rules
