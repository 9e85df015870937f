// Differences of plans for people and for programs.
#pragma once

#include <string>
#include <vector>

#include "query/changes.h"
#include "query/plan_diff.h"
#include "render/affected.h"

namespace stepreg::render {

struct TestDiff {
  std::string id;
  query::ChangeKind change = query::ChangeKind::modified;
  query::PlanDiff diff;  // empty unless modified
};

std::string plan_diff_text(const std::vector<TestDiff>& tests);
// schemas/stepreg.diff.schema.json; indented.
std::string plan_diff_json(const std::vector<TestDiff>& tests, const ComparedVersions& versions);

}  // namespace stepreg::render
