#include "rules/step_rules.h"

#include "base/names.h"
#include "base/text.h"
#include "diag/edit.h"
#include "rules/cleanup_rules.h"
#include "rules/limit_rules.h"
#include "script/shell_script.h"

namespace stepreg::rules {

namespace {

constexpr std::string_view kArchitectures[] = {"amd64", "arm64", "ppc64le", "s390x"};

bool is_architecture(std::string_view value) {
  for (const std::string_view known : kArchitectures) {
    if (value == known) return true;
  }
  return false;
}

std::string step_name(const Step& step) {
  return step.as->empty() ? "the step without a name" : "the step " + in_quotes(*step.as);
}

void check_name(const Step& step, const StepContext& context) {
  const std::string_view name = *step.as;
  if (name.empty()) {
    context.add(rule("SR220"), step.as.place, "as", "a step has no name").hint =
        "write `as: NAME`, or `ref: NAME` for a step of the registry";
    return;
  }
  if (!is_dns1123_subdomain(name)) {
    context
        .add(rule("SR112"), step.as.place, "as",
             in_quotes(name) + " is not a legal object name, and pods are called by it")
        .hint = "use lower-case letters, digits, `-` and `.`, with a letter or digit at both ends";
  }
  if (name.size() > kMaxLabelValue) {
    context.add(rule("SR113"), step.as.place, "as",
                in_quotes(name) + " has " + std::to_string(name.size()) +
                    " characters; a label value may have " + std::to_string(kMaxLabelValue));
  }
}

void check_script(const Step& step, std::optional<std::string_view> script,
                  const StepContext& context) {
  if (!script) return;
  if (script->empty()) {
    context.add(rule("SR227"), step.commands.place, "commands", context.who + " has nothing to run")
        .hint = "write its script";
  } else if (!step.grace_period && context.sink.wants(rule("SR228")) && mentions_trap(*script)) {
    add_grace_period(context.add(rule("SR228"), step.commands.place, "grace_period",
                                 "the script of " + context.who +
                                     " mentions `trap`, and the step has no `grace_period`"),
                     step);
  }
}

void check_policy(const Step& step, const StepContext& context) {
  if (is_true(step.best_effort) && !step.timeout) {
    context
        .add(rule("SR244"), step.best_effort.place, "best_effort",
             context.who + " is `best_effort` and has no `timeout`")
        .hint = "add `timeout`, the longest time that the step may take";
  }
  check_architecture(step.node_architecture, "node_architecture", context);
  check_cleanup_flags(step, context);
  check_own_limits(step, context);
}

}  // namespace

Diagnostic& StepContext::add(RuleId id, Place at, const std::string& subject,
                             std::string message) const {
  Diagnostic& finding = sink.add(id, at ? at : place, std::move(message));
  finding.component = component;
  finding.subject = prefix + subject;
  return finding;
}

StepContext context_in_place(const Step& step, Place entry, std::string id, Sink& sink) {
  const std::string prefix = step.as->empty() ? "" : std::string(*step.as) + ".";
  const Place place = step.as ? step.as.place : entry;
  return {sink, std::move(id), step_name(step), prefix, place, nullptr, {}, true};
}

void add_grace_period(Diagnostic& finding, const Step& step) {
  for (const Text* sibling : {&step.commands, &step.as}) {
    if (!sibling->present()) continue;
    auto edit = insert_line_after(sibling->place, "grace_period", "15s");
    if (!edit) continue;
    finding.fix = Fix::safe;
    finding.edits.push_back(std::move(*edit));
    return;
  }
}

Diagnostic& add_trap_finding(const Step& step, const StepContext& context) {
  const Place place = step.commands ? step.commands.place : step.as.place;
  Diagnostic& finding = context.add(
      rule("SR510"), place, "grace_period",
      "the script of " + context.who + " sets a trap, and the step has no `grace_period`");
  finding.hint = "add `grace_period`, the time that the handler may take; 15s is the default";
  add_grace_period(finding, step);
  return finding;
}

void check_trap_in_place(const Step& step, const StepContext& context) {
  if (step.grace_period || !context.sink.wants(rule("SR510"))) return;
  if (!mentions_trap(*step.commands)) return;  // reading shell costs more
  const script::ShellScript shell = script::parse_shell(*step.commands);
  if (script::find_command(shell, "trap") != std::string_view::npos) {
    add_trap_finding(step, context);
  }
}

bool mentions_trap(std::string_view script) {
  constexpr std::string_view kWord = "trap";
  for (std::size_t at = script.find(kWord); at != std::string_view::npos;
       at = script.find(kWord, at + 1)) {
    if (at == 0) return true;
    const char before = script[at - 1];
    const bool in_word = (before >= 'a' && before <= 'z') || (before >= 'A' && before <= 'Z') ||
                         (before >= '0' && before <= '9') || before == '_';
    if (!in_word) return true;
  }
  return false;
}

void check_architecture(const Text& value, const std::string& field, const StepContext& context) {
  if (!value || is_architecture(*value)) return;
  Diagnostic& finding = context.add(rule("SR245"), value.place, field,
                                    "no node has the architecture " + in_quotes(*value));
  suggest(finding, value.place, *value, kArchitectures);
  if (finding.hint.empty()) finding.hint = "use one of amd64, arm64, ppc64le and s390x";
}

void check_architecture_overrides(const TextMap& overrides, const StepContext& context) {
  for (const Entry<Text>& entry : overrides) {
    if (is_architecture(*entry.value)) continue;
    Diagnostic& finding = context.add(rule("SR246"), entry.value.place,
                                      "node_architecture_overrides." + std::string(*entry.key),
                                      "no node has the architecture " + in_quotes(*entry.value) +
                                          ", set for the step " + in_quotes(*entry.key));
    suggest(finding, entry.value.place, *entry.value, kArchitectures);
    if (finding.hint.empty()) finding.hint = "use one of amd64, arm64, ppc64le and s390x";
  }
}

void check_step(const Step& step, std::optional<std::string_view> script,
                const StepContext& context) {
  check_name(step, context);
  check_image(step.from, step.from_image, context);
  check_script(step, script, context);
  check_resources(step.resources, "resources", context);
  check_credentials(step.credentials, context);
  check_inputs(step, context);
  check_policy(step, context);
}

void check_step_component(const StepComponent& component, Sink& sink) {
  const Step& step = component.definition.step;
  // A file that says another name is reported by the rules of the layout.
  if (step.as->empty()) return;
  const Place place = step.as ? step.as.place : Place{component.file, 0};
  const StepContext context{sink, "ref/" + component.name, step_name(step), "", place, nullptr, {},
                            true};
  std::optional<std::string_view> script;
  if (component.script != nullptr) script = component.script->source->text();
  check_step(step, script, context);
}

void check_observer_component(const ObserverComponent& component, Sink& sink) {
  const Observer& observer = component.definition.observer;
  const Place place = observer.name ? observer.name.place : Place{component.file, 0};
  const StepContext context{sink,
                            "observer/" + component.name,
                            "the observer " + in_quotes(component.name),
                            "",
                            place,
                            nullptr,
                            {},
                            true};
  if (!observer.name->empty() && !is_dns1123_subdomain(*observer.name)) {
    context
        .add(rule("SR114"), observer.name.place, "name",
             in_quotes(*observer.name) + " is not a legal object name")
        .hint = "use lower-case letters, digits, `-` and `.`, with a letter or digit at both ends";
  }
  check_image(observer.from, observer.from_image, context);
  if (component.script != nullptr && component.script->source->text().empty()) {
    context.add(rule("SR247"), observer.commands.place, "commands",
                "the script of " + context.who + " is empty");
  }
  check_resources(observer.resources, "resources", context);
  check_parameters(observer.env, context);
}

}  // namespace stepreg::rules
