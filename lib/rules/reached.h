// Components that tests reach, and those that none does (L11).
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "diag/sink.h"
#include "model/registry.h"
#include "resolve/resolved.h"

namespace stepreg::rules {

// Collects from any number of tests; one object per thread, united at the end. Refers to the
// registry.
class Reached {
 public:
  explicit Reached(const Registry& registry) : registry_(&registry) {}

  void add(const resolve::ResolvedTest& test);
  // An id such as "ref/a"; one that the registry does not have adds nothing.
  void add(std::string_view id);
  void unite(Reached&& other);
  std::vector<std::string> ids() const;  // in no particular order

  // Reports components that are not reached (SR323). A workflow that is used reaches all that it
  // names, also phases that its tests replace. Not reported: ids such as "ref/a" that match one of
  // the patterns (`*` and `?`) of `allowed`.
  void report_unused(const std::vector<std::string>& allowed, Sink& sink) const;

 private:
  friend class Closure;
  template <class Component>
  using Set = std::unordered_set<const Component*>;

  const Registry* registry_;
  Set<StepComponent> steps_;
  Set<ChainComponent> chains_;
  Set<WorkflowComponent> workflows_;
  Set<ObserverComponent> observers_;
};

}  // namespace stepreg::rules
