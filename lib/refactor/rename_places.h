// Where a project names a component.
#pragma once

#include <functional>
#include <string_view>

#include "load/config_loader.h"
#include "model/registry.h"
#include "model/settings.h"

namespace stepreg {

enum class NamedKind { step, chain, workflow, observer };

struct NameQuery {
  NamedKind kind = NamedKind::step;
  std::string_view name;
};

// Called with every text that stands for the component.
using TakePlace = std::function<void(const Text& text)>;

// References from components; not the component's own `as`.
void places_in_registry(const Registry& registry, const NameQuery& query, const TakePlace& take);
void places_in_config(const Config& config, const NameQuery& query, const TakePlace& take);
// Limits by step name, and patterns of components that are exactly its id.
void places_in_settings(const Settings& settings, const NameQuery& query, const TakePlace& take,
                        const TakePlace& take_id);

}  // namespace stepreg
