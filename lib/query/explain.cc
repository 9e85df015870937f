#include "query/explain.h"

#include <algorithm>

#include "base/text.h"
#include "query/step_facts.h"

namespace stepreg::query {

namespace {

Location component_place(const resolve::ResolvedStep& step) {
  return Location::of(step.component != nullptr ? step.component->definition.step.as.place
                                                : step.entry);
}

ExplainedStep head_of(const TestContext& test, const resolve::ResolvedStep& step) {
  ExplainedStep head;
  head.phase = plan::phase_name(step.phase);
  head.name = std::string(*step.step->as);
  head.path = test.resolved.way(step.path);
  if (step.component != nullptr) head.path.push_back("ref/" + step.component->name);
  head.at = component_place(step);
  return head;
}

void add_if_named(const std::vector<resolve::Resolved>& values, std::string_view name,
                  const FactMaker& maker, const char* kind, std::vector<Fact>& facts) {
  for (const resolve::Resolved& value : values) {
    if (*value.name == name) facts.push_back(maker.variable(value, kind));
  }
}

void add_observers(const TestContext& test, const FactMaker& maker, std::string_view variable,
                   std::vector<ExplainedStep>& steps) {
  for (const resolve::ResolvedObserver& observer : test.resolved.observers) {
    ExplainedStep head;
    add_if_named(observer.env, variable, maker, "parameter", head.facts);
    if (head.facts.empty()) continue;
    head.phase = "observer";
    head.name = observer.component->name;
    head.path = {"observer/" + head.name};
    head.at = Location::of(observer.component->definition.observer.name.place);
    steps.push_back(std::move(head));
  }
}

// A lease of the whole test goes to every step.
void add_leases(const TestContext& test, const FactMaker& maker, std::string_view variable,
                std::vector<ExplainedStep>& steps) {
  for (const resolve::ResolvedLease& lease : test.resolved.leases) {
    if (lease.env != variable) continue;
    ExplainedStep head;
    head.phase = "all";
    head.name = "every step";
    head.facts.push_back(maker.lease(lease));
    head.at = head.facts.back().levels.front().at;
    steps.push_back(std::move(head));
  }
}

Explanation start(const TestContext& test, std::string_view subject) {
  Explanation explanation;
  explanation.test = test.id;
  explanation.subject = std::string(subject);
  explanation.problems = test.problems;
  return explanation;
}

void keep_unique(std::vector<std::string_view>& names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
}

}  // namespace

Explanation explain_variable(const TestContext& test, const ExplainInput& input,
                             std::string_view variable) {
  Explanation explanation = start(test, variable);
  const FactMaker maker(test, input);
  for (const resolve::ResolvedStep& step : test.resolved.steps) {
    ExplainedStep head = head_of(test, step);
    add_if_named(step.env, variable, maker, "parameter", head.facts);
    for (const resolve::Resolved& value : step.dependencies) {
      if (*value.name == variable) head.facts.push_back(maker.dependency(value));
    }
    if (!head.facts.empty()) explanation.steps.push_back(std::move(head));
  }
  add_observers(test, maker, variable, explanation.steps);
  add_leases(test, maker, variable, explanation.steps);
  return explanation;
}

Explanation explain_step(const TestContext& test, const ExplainInput& input,
                         std::string_view name) {
  Explanation explanation = start(test, name);
  const FactMaker maker(test, input);
  for (const resolve::ResolvedStep& step : test.resolved.steps) {
    if (*step.step->as != name) continue;
    ExplainedStep head = head_of(test, step);
    head.facts = maker.all(step);
    explanation.steps.push_back(std::move(head));
  }
  return explanation;
}

std::vector<std::string_view> variables_of(const resolve::ResolvedTest& test) {
  std::vector<std::string_view> names;
  for (const resolve::ResolvedStep& step : test.steps) {
    for (const resolve::Resolved& value : step.env) names.push_back(*value.name);
    for (const resolve::Resolved& value : step.dependencies) names.push_back(*value.name);
  }
  for (const resolve::ResolvedObserver& observer : test.observers) {
    for (const resolve::Resolved& value : observer.env) names.push_back(*value.name);
  }
  for (const resolve::ResolvedLease& lease : test.leases) names.push_back(lease.env);
  keep_unique(names);
  return names;
}

std::vector<std::string_view> steps_of(const resolve::ResolvedTest& test) {
  std::vector<std::string_view> names;
  for (const resolve::ResolvedStep& step : test.steps) names.push_back(*step.step->as);
  keep_unique(names);
  return names;
}

}  // namespace stepreg::query
