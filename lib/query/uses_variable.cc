#include <set>

#include "query/uses.h"

namespace stepreg::query {

namespace {

struct VariableInTest {
  std::vector<Declaration> declared;
  std::vector<Assignment> set;
  std::vector<Reading> read;
};

void add_parameters(const ObjectList<Parameter>& env, std::string_view variable,
                    const std::string& by, std::vector<Declaration>& out) {
  for (const Located<Parameter>& each : env) {
    if (*each->name != variable) continue;
    Declaration made{by, "parameter", std::nullopt, std::string(*each->documentation),
                     Location::of(each->name.place)};
    if (each->default_value) made.value = std::string(*each->default_value);
    out.push_back(std::move(made));
  }
}

void add_declarations(const Step& step, std::string_view variable, const std::string& by,
                      std::vector<Declaration>& out) {
  add_parameters(step.env, variable, by, out);
  for (const Located<StepDependency>& each : step.dependencies) {
    if (*each->env != variable) continue;
    out.push_back({by, "dependency", std::string(*each->name), "", Location::of(each->env.place)});
  }
  for (const Located<LeaseRequest>& each : step.leases) {
    if (*each->env != variable) continue;
    out.push_back(
        {by, "lease", std::string(*each->resource_type), "", Location::of(each->env.place)});
  }
}

void add_entries(const TextMap& map, std::string_view variable, const std::string& by,
                 const char* kind, std::vector<Assignment>& out) {
  if (const auto* entry = find_entry(map, variable)) {
    out.push_back({by, kind, std::string(*entry->value), Location::of(entry->key.place)});
  }
}

void add_assignments(const MultiStage& settings, std::string_view variable, const std::string& by,
                     std::vector<Assignment>& out) {
  add_entries(settings.env, variable, by, "parameter", out);
  add_entries(settings.dependencies, variable, by, "dependency", out);
  add_entries(settings.dependency_overrides, variable, by, "dependency_override", out);
}

void add_readings(const std::vector<resolve::Resolved>& values, std::string_view variable,
                  const std::string& test, std::string_view step, const char* phase,
                  std::vector<Reading>& out) {
  for (const resolve::Resolved& each : values) {
    if (*each.name != variable) continue;
    Reading made{test, std::string(step), phase, std::nullopt,
                 resolve::source_id(each.effective.source)};
    if (each.effective.value) made.value = std::string(*each.effective.value);
    out.push_back(std::move(made));
  }
}

VariableInTest use_of(const TestContext& context, std::string_view variable) {
  VariableInTest use;
  const MultiStage& settings = *context.test.steps;
  for (const auto* phase : {&settings.pre, &settings.test, &settings.post}) {
    for (const Located<StepEntry>& entry : *phase) {
      add_declarations(*entry->literal, variable, context.id, use.declared);
    }
  }
  add_assignments(settings, variable, context.id, use.set);
  for (const resolve::ResolvedStep& step : context.resolved.steps) {
    const char* phase = plan::phase_name(step.phase);
    add_readings(step.env, variable, context.id, *step.step->as, phase, use.read);
    add_readings(step.dependencies, variable, context.id, *step.step->as, phase, use.read);
  }
  for (const resolve::ResolvedObserver& observer : context.resolved.observers) {
    add_readings(observer.env, variable, context.id, observer.component->name, "observer",
                 use.read);
  }
  return use;
}

void add_registry(const Registry& registry, std::string_view variable, VariableUses& uses) {
  for (const AnyComponent& component : all_components(registry)) {
    const std::string id = component.id();
    if (component.step != nullptr) {
      add_declarations(component.step->definition.step, variable, id, uses.declared);
    } else if (component.observer != nullptr) {
      add_parameters(component.observer->definition.observer.env, variable, id, uses.declared);
    } else if (component.workflow != nullptr) {
      add_assignments(*component.workflow->definition.steps, variable, id, uses.set);
    } else {
      for (const Located<Parameter>& each : component.chain->definition.env) {
        if (*each->name != variable) continue;
        Assignment made{id, "parameter", std::nullopt, Location::of(each->name.place)};
        if (each->default_value) made.value = std::string(*each->default_value);
        uses.set.push_back(std::move(made));
      }
    }
  }
}

template <class T>
void append(std::vector<T>& to, std::vector<T>&& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

}  // namespace

Answer<VariableUses> uses_of_variable(const load::Project& project, const std::string& variable,
                                      const Sink& like) {
  Answer<VariableUses> answer;
  VariableUses& uses = answer.value;
  uses.variable = variable;
  add_registry(*project.registry, variable, uses);
  answer.incomplete = broken_components(*project.registry);
  map_tests<VariableInTest>(
      project, {}, like, [&](const TestContext& test) { return use_of(test, variable); },
      [&](Scanned<VariableInTest>&& scanned, Sink&& sink) {
        for (VariableInTest& use : scanned.results) {
          append(uses.declared, std::move(use.declared));
          append(uses.set, std::move(use.set));
          append(uses.read, std::move(use.read));
        }
        if (scanned.incomplete.empty()) return;
        append(answer.incomplete, std::move(scanned.incomplete));
        append(answer.findings, sink.take());
      });
  return answer;
}

std::vector<std::string> declared_variables(const Registry& registry) {
  std::set<std::string> names;
  for (const auto& [name, step] : registry.steps.by_name) {
    for (const auto& each : step->definition.step.env) names.emplace(*each->name);
    for (const auto& each : step->definition.step.dependencies) names.emplace(*each->env);
    for (const auto& each : step->definition.step.leases) names.emplace(*each->env);
  }
  for (const auto& [name, observer] : registry.observers.by_name) {
    for (const auto& each : observer->definition.observer.env) names.emplace(*each->name);
  }
  return {names.begin(), names.end()};
}

}  // namespace stepreg::query
