// Components of any kind, by the names that people type.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/registry.h"

namespace stepreg::query {

enum class ComponentKind : std::uint8_t { step, chain, workflow, observer };
inline constexpr ComponentKind kComponentKinds[] = {
    ComponentKind::step, ComponentKind::chain, ComponentKind::workflow, ComponentKind::observer};
// As ids spell it: "ref", "chain", "workflow", "observer".
std::string_view kind_prefix(ComponentKind kind);
std::string component_id(ComponentKind kind, std::string_view name);

// One component: exactly one of the pointers is set. It lives no longer than the registry.
struct AnyComponent {
  ComponentKind kind = ComponentKind::step;
  const StepComponent* step = nullptr;
  const ChainComponent* chain = nullptr;
  const WorkflowComponent* workflow = nullptr;
  const ObserverComponent* observer = nullptr;

  std::string_view name() const;
  std::string id() const { return component_id(kind, name()); }
  const std::string& path() const;       // relative to the registry root
  const std::string& directory() const;  // likewise
  const SourceFile& file() const;
  Place place() const;  // of its `as` (or `name`)
  const Text& documentation() const;
  const ScriptFile* script() const;
};

// All of them, by kind in the order of the enumeration, then by name.
std::vector<AnyComponent> all_components(const Registry& registry);

// Those that `name` means: "ref/NAME" (also "step/NAME"), "chain/NAME", ...: at most one; "NAME"
// alone: one of each kind that has it.
std::vector<AnyComponent> find_components(const Registry& registry, std::string_view name);

// The id nearest to a name that means nothing; "" when nothing is near.
std::string guess_component(const Registry& registry, std::string_view name);

// One component that names another: an entry of a chain or phase, an observer that is wanted.
struct Reference {
  ComponentKind kind = ComponentKind::step;
  Text name;
  const char* where = "";  // "pre", "test", "post", "steps", "observers", "workflow"

  std::string id() const { return component_id(kind, *name); }
};

// In the order of the file. Written-in-place steps contribute the observers they want.
std::vector<Reference> references_of(const AnyComponent& component);
// Those of a test's or workflow's settings; a test's workflow comes first.
std::vector<Reference> references_of(const MultiStage& settings);

}  // namespace stepreg::query
