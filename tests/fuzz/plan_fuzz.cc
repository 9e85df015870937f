// Plans: a plan that is accepted and written reads back as the same plan, byte for byte.
#include "base/check.h"
#include "base/text.h"
#include "exec/plan_check.h"
#include "fuzz.h"
#include "plan/json.h"
#include "render/plans.h"

namespace stepreg::fuzz {

namespace {

void check_round(const plan::Plan& plan, plan::Style style) {
  const std::string text = plan::to_json(plan, style);
  const plan::Parsed again = plan::from_json(text);
  CHECK(again.problems.empty());
  CHECK(again.plan == plan);
  CHECK(plan::to_json(again.plan, style) == text);
}

// What else is done with a plan that was read.
void use(const plan::Plan& plan) {
  exec::check_plan(plan);
  exec::plan_warnings(plan);
  exec::worst_case_cleanup_s(plan);
  using render::PlanFormat;
  for (const auto format : {PlanFormat::table, PlanFormat::wide, PlanFormat::yaml, PlanFormat::json,
                            PlanFormat::script}) {
    const std::string text = render::PlanWriter(format, true).piece(plan, "plan.json");
    CHECK(first_invalid_utf8(text) == std::string_view::npos);
  }
}

void try_text(std::string_view text) {
  const plan::Parsed parsed = plan::from_json(text);
  for (const plan::Problem& problem : parsed.problems) {
    CHECK(problem.where.starts_with('/'));
    CHECK(!problem.text.empty());
  }
  if (!parsed.problems.empty()) return;
  check_round(parsed.plan, plan::Style::pretty);
  check_round(parsed.plan, plan::Style::line);
  use(parsed.plan);
}

}  // namespace

}  // namespace stepreg::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  stepreg::fuzz::try_text(stepreg::fuzz::text_of(data, size));
  return 0;
}
