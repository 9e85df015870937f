// The rules of a registry by itself (registry.md 4.1, 4.3 to 4.7, 7.1): layout, graph, consistency,
// and every step, chain, workflow and observer in it. Each mistake is reported once, at its own
// place; who is hit by it stands in the notes.
#pragma once

#include "diag/sink.h"
#include "model/registry.h"
#include "rules/expansion.h"

namespace stepreg::rules {

// `expansions` are those of the registry.
void check_registry(const Registry& registry, const Expansions& expansions, Sink& sink);

// The parts of it.
void check_layout(const Registry& registry, Sink& sink);
void check_graph(const Registry& registry, Sink& sink);
void check_consistency(const Registry& registry, const Expansions& expansions, Sink& sink);
void check_components(const Registry& registry, Sink& sink);
void check_link_texts(const Registry& registry, Sink& sink);
void check_people(const Registry& registry, Sink& sink);

}  // namespace stepreg::rules
