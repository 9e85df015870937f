#include "query/plan_diff.h"

#include <algorithm>
#include <map>

#include "plan/flat.h"

namespace stepreg::query {

namespace {

std::vector<FieldDiff> diff_fields(const plan::FlatFields& before, const plan::FlatFields& after) {
  // By name; of fields with one name the n-th is compared with the n-th.
  std::map<std::pair<std::string, int>, FieldDiff> fields;
  const auto add = [&fields](const plan::FlatFields& list, auto side) {
    std::map<std::string_view, int> seen;
    for (const auto& [name, value] : list) {
      FieldDiff& field = fields[{name, seen[name]++}];
      field.field = name;
      field.*side = value;
    }
  };
  add(before, &FieldDiff::before);
  add(after, &FieldDiff::after);
  std::vector<FieldDiff> differing;
  for (auto& [name, field] : fields) {
    if (field.before != field.after) differing.push_back(std::move(field));
  }
  return differing;
}

using Steps = std::vector<const plan::Step*>;

Steps steps_of(const plan::Plan& plan, plan::Phase phase) {
  Steps steps;
  for (const plan::Step& step : plan.steps) {
    if (step.phase == phase) steps.push_back(&step);
  }
  return steps;
}

std::size_t place_of(const Steps& steps, const std::string& name) {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (steps[i]->name == name) return i + 1;
  }
  return 0;
}

// Which of the places in `order` are in its longest ascending selection: these did not move.
std::vector<char> unmoved(const std::vector<std::size_t>& order) {
  const std::size_t count = order.size();
  std::vector<std::size_t> length(count, 1), previous(count, count);
  std::size_t last = count;
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (order[j] < order[i] && length[j] + 1 > length[i]) {
        length[i] = length[j] + 1;
        previous[i] = j;
      }
    }
    if (last == count || length[i] > length[last]) last = i;
  }
  std::vector<char> kept(count, 0);
  for (; last != count; last = previous[last]) kept[last] = 1;
  return kept;
}

void diff_phase(const Steps& before, const Steps& after, plan::Phase phase,
                std::vector<StepDiff>& out) {
  std::vector<std::size_t> order;  // old places of the common steps, in the new order
  for (const plan::Step* step : after) {
    if (const std::size_t place = place_of(before, step->name)) order.push_back(place);
  }
  const std::vector<char> kept = unmoved(order);
  const auto removed_until = [&](std::size_t& next, std::size_t place) {
    for (; next < place; ++next) {
      const std::string& name = before[next]->name;
      if (place_of(after, name) == 0) {
        out.push_back({StepDiff::Kind::removed, phase, name, false, next + 1, 0, {}});
      }
    }
  };
  std::size_t next_old = 0, common = 0;
  for (std::size_t i = 0; i < after.size(); ++i) {
    StepDiff step{StepDiff::Kind::added, phase, after[i]->name, false, 0, i + 1, {}};
    step.before = place_of(before, step.name);
    if (step.before == 0) {
      out.push_back(std::move(step));
      continue;
    }
    if (kept[common]) removed_until(next_old, step.before - 1);
    step.kind = StepDiff::Kind::kept;
    step.moved = kept[common++] == 0;
    step.fields =
        diff_fields(plan::flat_fields(*before[step.before - 1]), plan::flat_fields(*after[i]));
    if (step.moved || !step.fields.empty()) out.push_back(std::move(step));
  }
  removed_until(next_old, before.size());
}

}  // namespace

PlanDiff diff_plans(const plan::Plan& before, const plan::Plan& after) {
  PlanDiff diff;
  diff.job = diff_fields(plan::flat_fields_of_job(before), plan::flat_fields_of_job(after));
  for (const plan::Phase phase : plan::kPhases) {
    diff_phase(steps_of(before, phase), steps_of(after, phase), phase, diff.steps);
  }
  return diff;
}

const char* step_change_name(const StepDiff& step) {
  if (step.kind == StepDiff::Kind::added) return "added";
  if (step.kind == StepDiff::Kind::removed) return "removed";
  return step.fields.empty() ? "moved" : "changed";
}

}  // namespace stepreg::query
