#include "diag/rule_table.h"

#include <vector>

#include "base/text.h"

namespace stepreg {

std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::off:
      return "off";
    case Severity::info:
      return "info";
    case Severity::warning:
      return "warning";
    case Severity::error:
      break;
  }
  return "error";
}

std::string_view profile_name(Profile profile) {
  switch (profile) {
    case Profile::ci_operator:
      return "ci-operator";
    case Profile::recommended:
      return "recommended";
    case Profile::strict:
      break;
  }
  return "strict";
}

Severity severity_in(const RuleInfo& rule, Profile profile) {
  switch (profile) {
    case Profile::ci_operator:
      return rule.severities.ci_operator;
    case Profile::recommended:
      return rule.severities.recommended;
    case Profile::strict:
      break;
  }
  return rule.severities.strict;
}

bool find_rule(std::string_view code_or_name, RuleId& found) {
  for (std::size_t i = 0; i < kRuleCount; ++i) {
    const RuleInfo& info = *internal::kAllRules[i];
    if (equal_ignoring_case(info.code, code_or_name) ||
        equal_ignoring_case(info.name, code_or_name)) {
      found = RuleId(i);
      return true;
    }
  }
  return false;
}

std::string_view guess_rule(std::string_view code_or_name) {
  std::vector<std::string_view> known;
  for (const RuleInfo* info : internal::kAllRules) {
    known.push_back(info->code);
    known.push_back(info->name);
  }
  return best_guess(code_or_name, known);
}

}  // namespace stepreg
