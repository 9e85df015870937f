// Rules explained: for `stepreg rule`, `stepreg rules` and the reference page.
#pragma once

#include <string>

#include "diag/rule_table.h"

namespace stepreg {

// One rule at length, for a terminal.
std::string rule_text(const RuleInfo& rule, bool colour);
// The same as a JSON object; `rules_json` is a list of all.
std::string rule_json(const RuleInfo& rule);
std::string rules_json();

// A line per rule: code, name, severity in each profile, fix, summary.
std::string rules_table();
// The reference page: lib/diag/RULES.md.
std::string rules_markdown();

}  // namespace stepreg
