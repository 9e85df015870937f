// SR6: tests and configurations (registry.md 4.9, 4.10, 4.13 to 4.15).
#pragma once

#include "diag/rule.h"

namespace stepreg {

inline constexpr RuleInfo kConfigRules[] = {
    {"SR601", "test-name-missing", kRefused, "a test has no name", "Every test needs `as` (R150).",
     "tests:\n- commands: c", "tests:\n- as: unit\n  commands: c"},
};

}  // namespace stepreg
