// The plan as JSON: canonical out, strict in. What is written reads back as the same plan, byte for
// byte.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "plan/plan.h"

namespace stepreg::plan {

// The largest plan that is read. 66 steps with bundled scripts take about 1 MB; the rest is
// reserve.
inline constexpr std::uint64_t kMaxPlanBytes = 64U << 20;

enum class Style { pretty, line };  // indented by two blanks with a final newline; one line without

// Keys in a fixed order, absent values left out. `digest` is SHA-256 over the document on one line
// without `digest`: jq -cj 'del(.digest)' PLAN | sha256sum
std::string to_json(const Plan& plan, Style style);

// A mistake in a plan: `where` is a JSON pointer such as "/steps/3/timeout/seconds".
struct Problem {
  std::string where;
  std::string text;
};

struct Parsed {
  Plan plan;
  std::vector<Problem> problems;  // all of them; the plan is usable only when there is none
};

// Refuses: no JSON, a repeated key, another format or major version, unknown fields (unless their
// name starts with `x-`), wrong types, negative or non-finite seconds, repeated step names, a
// digest that differs. A plan written by hand may leave out `digest`, a script's `sha256`, `kind`,
// and the limits, which get their defaults. A newer minor version may have unknown fields; they are
// ignored. A wrong digest is named last, so that a typing error is not hidden behind it.
Parsed from_json(std::string_view text);

// The JSON Schema (draft-07) of the plan, from the same table as reader and writer. It is published
// as schemas/stepreg.plan.schema.json.
std::string json_schema();

}  // namespace stepreg::plan
