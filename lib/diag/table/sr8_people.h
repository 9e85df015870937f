// SR8: owners, metadata, documentation.
#pragma once

#include "diag/rule.h"

namespace stepreg {

inline constexpr RuleInfo kPeopleRules[] = {
    {"SR801", "owners-missing", kStrictWarning, "no OWNERS file beside a component",
     "The generator of metadata refuses the directory without it (R021).", "a/b/a-b-ref.yaml alone",
     "a/b/OWNERS beside a/b/a-b-ref.yaml"},
};

}  // namespace stepreg
