#include "query/component.h"

#include "base/check.h"
#include "base/text.h"

namespace stepreg::query {

namespace {

AnyComponent any(const StepComponent& step) {
  return {ComponentKind::step, &step, nullptr, nullptr, nullptr};
}
AnyComponent any(const ChainComponent& chain) {
  return {ComponentKind::chain, nullptr, &chain, nullptr, nullptr};
}
AnyComponent any(const WorkflowComponent& workflow) {
  return {ComponentKind::workflow, nullptr, nullptr, &workflow, nullptr};
}
AnyComponent any(const ObserverComponent& observer) {
  return {ComponentKind::observer, nullptr, nullptr, nullptr, &observer};
}

template <class T>
void add_all(const Components<T>& components, std::vector<AnyComponent>& out) {
  for (const auto& [name, component] : components.by_name) out.push_back(any(*component));
}

template <class T>
void add_named(const Components<T>& components, std::string_view name,
               std::vector<AnyComponent>& out) {
  if (const auto* component = components.find(name)) out.push_back(any(*component));
}

// Calls `visit` with the component, whatever its kind.
template <class Visit>
auto visit(const AnyComponent& component, const Visit& visitor)
    -> decltype(visitor(*component.step)) {
  switch (component.kind) {
    case ComponentKind::step:
      return visitor(*component.step);
    case ComponentKind::chain:
      return visitor(*component.chain);
    case ComponentKind::workflow:
      return visitor(*component.workflow);
    case ComponentKind::observer:
      break;
  }
  CHECK(component.observer != nullptr);
  return visitor(*component.observer);
}

// "step/x" is accepted for "ref/x".
std::string_view without_prefix(std::string_view name, ComponentKind kind) {
  for (const std::string_view prefix :
       {kind_prefix(kind),
        kind == ComponentKind::step ? std::string_view("step") : kind_prefix(kind)}) {
    if (name.size() > prefix.size() && name.starts_with(prefix) && name[prefix.size()] == '/') {
      return name.substr(prefix.size() + 1);
    }
  }
  return {};
}

void add_observers(const TextList& names, const char* where, std::vector<Reference>& out) {
  for (const Text& name : names) out.push_back({ComponentKind::observer, name, where});
}

void add_entries(const ObjectList<StepEntry>& entries, const char* where,
                 std::vector<Reference>& out) {
  for (const Located<StepEntry>& entry : entries) {
    if (entry->chain.present()) {
      out.push_back({ComponentKind::chain, entry->chain, where});
    } else if (entry->ref.present()) {
      out.push_back({ComponentKind::step, entry->ref, where});
    } else {
      add_observers(entry->literal->observers, "observers", out);
    }
  }
}

}  // namespace

std::string_view kind_prefix(ComponentKind kind) {
  switch (kind) {
    case ComponentKind::step:
      return "ref";
    case ComponentKind::chain:
      return "chain";
    case ComponentKind::workflow:
      return "workflow";
    case ComponentKind::observer:
      break;
  }
  return "observer";
}

std::string component_id(ComponentKind kind, std::string_view name) {
  return std::string(kind_prefix(kind)) + "/" + std::string(name);
}

std::string_view AnyComponent::name() const {
  return visit(*this, [](const auto& c) { return std::string_view(c.name); });
}

const std::string& AnyComponent::path() const {
  return *visit(*this, [](const auto& c) { return &c.path; });
}

const std::string& AnyComponent::directory() const {
  return *visit(*this, [](const auto& c) { return &c.directory; });
}

const SourceFile& AnyComponent::file() const {
  return *visit(*this, [](const auto& c) { return c.file; });
}

Place AnyComponent::place() const {
  switch (kind) {
    case ComponentKind::step:
      return step->definition.step.as.place;
    case ComponentKind::chain:
      return chain->definition.as.place;
    case ComponentKind::workflow:
      return workflow->definition.as.place;
    case ComponentKind::observer:
      break;
  }
  return observer->definition.observer.name.place;
}

const Text& AnyComponent::documentation() const {
  return *visit(*this, [](const auto& c) { return &c.definition.documentation; });
}

const ScriptFile* AnyComponent::script() const {
  return visit(*this, [](const auto& c) { return c.script; });
}

std::vector<AnyComponent> all_components(const Registry& registry) {
  std::vector<AnyComponent> components;
  add_all(registry.steps, components);
  add_all(registry.chains, components);
  add_all(registry.workflows, components);
  add_all(registry.observers, components);
  return components;
}

std::vector<AnyComponent> find_components(const Registry& registry, std::string_view name) {
  std::vector<AnyComponent> found;
  const auto wanted = [&](ComponentKind kind) {
    return name.find('/') == std::string_view::npos ? name : without_prefix(name, kind);
  };
  add_named(registry.steps, wanted(ComponentKind::step), found);
  add_named(registry.chains, wanted(ComponentKind::chain), found);
  add_named(registry.workflows, wanted(ComponentKind::workflow), found);
  add_named(registry.observers, wanted(ComponentKind::observer), found);
  return found;
}

std::string guess_component(const Registry& registry, std::string_view name) {
  const bool with_kind = name.find('/') != std::string_view::npos;
  std::vector<std::string> ids;
  std::vector<std::string_view> candidates;
  for (const AnyComponent& component : all_components(registry)) ids.push_back(component.id());
  for (const std::string& id : ids) {
    candidates.push_back(with_kind ? std::string_view(id)
                                   : std::string_view(id).substr(id.find('/') + 1));
  }
  const std::string_view guess = best_guess(name, candidates);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (candidates[i].data() == guess.data() && !guess.empty()) return ids[i];
  }
  return "";
}

std::vector<Reference> references_of(const MultiStage& settings) {
  std::vector<Reference> references;
  if (settings.workflow.present()) {
    references.push_back({ComponentKind::workflow, settings.workflow, "workflow"});
  }
  add_entries(settings.pre, "pre", references);
  add_entries(settings.test, "test", references);
  add_entries(settings.post, "post", references);
  if (settings.observers.present()) {
    add_observers(settings.observers->enable, "observers", references);
  }
  return references;
}

std::vector<Reference> references_of(const AnyComponent& component) {
  std::vector<Reference> references;
  if (component.step != nullptr) {
    add_observers(component.step->definition.step.observers, "observers", references);
  } else if (component.chain != nullptr) {
    add_entries(component.chain->definition.steps, "steps", references);
  } else if (component.workflow != nullptr) {
    return references_of(*component.workflow->definition.steps);
  }
  return references;
}

}  // namespace stepreg::query
