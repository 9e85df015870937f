#include "rules/script_rules.h"

namespace stepreg::rules {

namespace {

// Variables of leases that a workflow asks for: every step of its tests sees them.
void add_workflow_leases(const Registry& registry, std::set<std::string>& leases) {
  for (const auto& workflow : registry.workflows.all) {
    for (const auto& lease : workflow->definition.steps->leases) leases.emplace(*lease->env);
  }
}

bool wants_any(const Sink& sink) {
  for (std::size_t i = 0; i < kRuleCount; ++i) {
    const RuleId id(i);
    const bool is_of_scripts = id.info().code.starts_with("SR5") && id != rule("SR503");
    if (is_of_scripts && sink.wants(id)) return true;
  }
  return false;
}

bool wants_shellcheck(const Sink& sink) {
  return sink.wants(rule("SR501")) || sink.wants(rule("SR530"));
}

}  // namespace

ScriptResult check_scripts(const Registry& registry, const std::set<std::string>& leases,
                           const ScriptOptions& options, Sink& sink) {
  if (!wants_any(sink)) return {};
  const std::vector<ScriptFacts> scripts = collect_scripts(registry, options.jobs);
  for (const ScriptFacts& script : scripts) {
    check_script_traps(script, sink);
    check_script_output(script, sink);
    check_script_shared_dir(script, sink);
    check_script_secrets(script, sink);
    check_script_cleanup(script, sink);
    check_script_set_up(script, sink);
    check_script_interpreter(script, sink);
    check_script_variables(script, sink);
  }
  if (!wants_shellcheck(sink)) return {};
  std::set<std::string> all_leases = leases;
  add_workflow_leases(registry, all_leases);
  return check_with_shellcheck(scripts, all_leases, options, sink);
}

}  // namespace stepreg::rules
