#include "rules/registry_rules.h"

namespace stepreg::rules {

void check_registry(const Registry& registry, const Expansions& expansions, Sink& sink) {
  check_layout(registry, sink);
  check_graph(registry, sink);
  check_consistency(registry, expansions, sink);
  check_components(registry, sink);
  check_link_texts(registry, sink);
  check_people(registry, sink);
}

}  // namespace stepreg::rules
