// One component, with what people want to know before they use it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "query/uses.h"

namespace stepreg::query {

// A variable that a user of the component can set.
struct OpenVariable {
  std::string name;
  std::optional<std::string> value;  // what it gets when nobody outside sets it; nullopt: required
  std::string source;                // who gives it that value
  std::string documentation;
  std::vector<std::string> steps;  // that read it with this value
};

struct Description {
  AnyComponent component;
  std::vector<Reference> contains;      // what it names, in order
  std::vector<OpenVariable> variables;  // in the order in which steps read them
  std::vector<OpenVariable> dependencies;
  std::vector<resolve::ResolvedLease> leases;
  std::vector<Use> users;  // components
};

Description describe(const Registry& registry, const AnyComponent& component, const Sink& like);

}  // namespace stepreg::query
