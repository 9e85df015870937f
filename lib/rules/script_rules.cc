#include "rules/script_rules.h"

namespace stepreg::rules {

namespace {

bool wants_any(const Sink& sink) {
  for (std::size_t i = 0; i < kRuleCount; ++i) {
    const RuleId id(i);
    const bool is_of_scripts = id.info().code.starts_with("SR5") && id != rule("SR503");
    if (is_of_scripts && sink.wants(id)) return true;
  }
  return false;
}

}  // namespace

std::vector<ScriptFacts> check_scripts(const Registry& registry, unsigned jobs, Sink& sink) {
  if (!wants_any(sink)) return {};
  std::vector<ScriptFacts> scripts = collect_scripts(registry, jobs);
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
  return scripts;
}

}  // namespace stepreg::rules
