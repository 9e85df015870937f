#include "query/describe.h"

#include <algorithm>

namespace stepreg::query {

namespace {

// What the step says about its variable.
std::string documentation_of(const ObjectList<Parameter>& env, std::string_view name) {
  for (const Located<Parameter>& each : env) {
    if (*each->name == name) return std::string(*each->documentation);
  }
  return "";
}

OpenVariable open_variable(const resolve::Resolved& value) {
  OpenVariable variable;
  variable.name = std::string(*value.name);
  if (value.effective.value) variable.value = std::string(*value.effective.value);
  variable.source = resolve::source_id(value.effective.source);
  return variable;
}

// Steps that read the same value from the same place share an entry.
void add(OpenVariable variable, std::string_view step, std::vector<OpenVariable>& out) {
  const auto same = std::find_if(out.begin(), out.end(), [&](const OpenVariable& other) {
    return other.name == variable.name && other.value == variable.value;
  });
  if (same != out.end()) {
    same->steps.emplace_back(step);
    return;
  }
  variable.steps.emplace_back(step);
  out.push_back(std::move(variable));
}

void add_resolved(const resolve::ResolvedTest& resolved, Description& description) {
  for (const resolve::ResolvedStep& step : resolved.steps) {
    for (const resolve::Resolved& value : step.env) {
      OpenVariable variable = open_variable(value);
      variable.documentation = documentation_of(step.step->env, *value.name);
      add(std::move(variable), *step.step->as, description.variables);
    }
    for (const resolve::Resolved& value : step.dependencies) {
      add(open_variable(value), *step.step->as, description.dependencies);
    }
  }
  description.leases = resolved.leases;
}

void add_parameters(const ObjectList<Parameter>& env, const std::string& id,
                    Description& description) {
  for (const Located<Parameter>& each : env) {
    OpenVariable variable{
        std::string(*each->name), std::nullopt, id, std::string(*each->documentation), {}};
    if (each->default_value) variable.value = std::string(*each->default_value);
    description.variables.push_back(std::move(variable));
  }
}

void add_step(const StepComponent& step, Description& description) {
  const std::string id = "ref/" + step.name;
  add_parameters(step.definition.step.env, id, description);
  for (const Located<StepDependency>& each : step.definition.step.dependencies) {
    description.dependencies.push_back(
        {std::string(*each->env), std::string(*each->name), id, "", {}});
  }
  for (const Located<LeaseRequest>& each : step.definition.step.leases) {
    const auto count = *each->count == 0 ? 1 : static_cast<std::uint64_t>(*each->count);
    description.leases.push_back({*each->resource_type,
                                  *each->env,
                                  count,
                                  {resolve::Source::Kind::step, step.name, each.place}});
  }
}

}  // namespace

Description describe(const Registry& registry, const AnyComponent& component, const Sink& like) {
  Description description;
  description.component = component;
  description.contains = references_of(component);
  description.users = ReferenceIndex(registry).users_of(component.id());
  Sink unused = like.empty_copy();
  if (component.step != nullptr) {
    add_step(*component.step, description);
  } else if (component.observer != nullptr) {
    add_parameters(component.observer->definition.observer.env, component.id(), description);
  } else if (component.chain != nullptr) {
    add_resolved(resolve::resolve_chain(registry, *component.chain, {}, unused), description);
  } else {
    add_resolved(resolve::resolve_workflow(registry, *component.workflow, {}, unused), description);
  }
  return description;
}

}  // namespace stepreg::query
