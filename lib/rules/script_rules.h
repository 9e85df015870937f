// The rules about scripts of the registry (SR5), with what shellcheck says of them.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "diag/report.h"
#include "load/file_cache.h"
#include "model/settings.h"
#include "rules/script_facts.h"

namespace stepreg::rules {

// Whether the installed shellcheck is asked.
enum class ShellcheckUse : std::uint8_t {
  automatic,  // when it is installed; said once when it is not
  always,     // it must be there
  never,
};

// What the settings say (SR503 when that is none of the three).
ShellcheckUse shellcheck_use(const Settings& settings, Sink& sink);

struct ScriptOptions {
  ShellcheckUse shellcheck = ShellcheckUse::never;
  bool use_cache = true;
  unsigned jobs = 1;
};

struct ScriptResult {
  std::vector<std::string> remarks;  // what was not checked, and why
  std::string failure;               // shellcheck had to be there and is not
  RuleSet undecided;
};

// All that can be said of scripts alone. Returns what check_with_shellcheck() needs; nothing when
// no rule about scripts is on. `kept` (may be null) has the findings of earlier runs.
std::vector<ScriptFacts> check_scripts(const Registry& registry, unsigned jobs,
                                       load::FileCache* kept, Sink& sink);
// `leases`: variables of leases that tests ask for; any step may read them.
ScriptResult check_with_shellcheck(const Registry& registry, std::vector<ScriptFacts>& scripts,
                                   std::set<std::string> leases, const ScriptOptions& options,
                                   Sink& sink);

// The parts of check_scripts().
void check_script_traps(const ScriptFacts& script, Sink& sink);        // L150, L152, L153, L157
void check_script_output(const ScriptFacts& script, Sink& sink);       // L154 to L156
void check_script_shared_dir(const ScriptFacts& script, Sink& sink);   // L114 to L116
void check_script_secrets(const ScriptFacts& script, Sink& sink);      // L122
void check_script_cleanup(const ScriptFacts& script, Sink& sink);      // L111, L120, L139, T113
void check_script_set_up(const ScriptFacts& script, Sink& sink);       // L118, L119, L121
void check_script_interpreter(const ScriptFacts& script, Sink& sink);  // E221, E222
void check_script_variables(const ScriptFacts& script, Sink& sink);    // L124, L126

}  // namespace stepreg::rules
