// What differs between two plans of a test.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "plan/plan.h"

namespace stepreg::query {

struct FieldDiff {
  std::string field;                         // as plan/flat.h names it
  std::optional<std::string> before, after;  // nullopt: not there
};

struct StepDiff {
  enum class Kind { added, removed, kept };
  Kind kind = Kind::kept;
  plan::Phase phase = plan::Phase::test;
  std::string name;
  bool moved = false;             // relative to the steps that both plans have
  std::size_t before = 0;         // place in its phase, from 1; 0: not there
  std::size_t after = 0;          // likewise
  std::vector<FieldDiff> fields;  // of a step that both have
};

struct PlanDiff {
  std::vector<FieldDiff> job;   // of everything but the steps
  std::vector<StepDiff> steps;  // by phase, as in the new plan, removed ones where they were
  bool empty() const { return job.empty() && steps.empty(); }
};

PlanDiff diff_plans(const plan::Plan& before, const plan::Plan& after);

const char* step_change_name(const StepDiff& step);  // "added", "removed", "moved", "changed"

}  // namespace stepreg::query
