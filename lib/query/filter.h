// Narrows a selection of tests by what they resolve to.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "query/component.h"
#include "resolve/resolved.h"

namespace stepreg::query {

// Does the resolved test run the step, go through the chain, use the workflow, or start the
// observer?
bool reaches(const resolve::ResolvedTest& test, ComponentKind kind, std::string_view name);

// All given conditions must hold; several of one kind: one of them must.
struct Filter {
  std::vector<AnyComponent> uses;
  std::vector<std::string> profiles;  // shell-like patterns of cluster profile names

  bool is_empty() const { return uses.empty() && profiles.empty(); }
  bool keeps(const resolve::ResolvedTest& test) const;
};

}  // namespace stepreg::query
