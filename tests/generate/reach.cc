#include <algorithm>
#include <iterator>

#include "generate/components.h"

namespace stepreg::generate {

namespace {

constexpr std::uint32_t kLiteral = 1U << 31U;  // apart from all steps of the registry

template <class T>
void unite(std::vector<T>& into, const std::vector<T>& other) {
  std::vector<T> united;
  united.reserve(into.size() + other.size());
  std::set_union(into.begin(), into.end(), other.begin(), other.end(), std::back_inserter(united));
  into = std::move(united);
}

Reach reach_of_step(const Step& step, std::uint32_t index) {
  Reach reach;
  reach.steps.push_back(index);
  for (const Declaration& declaration : step.env) {
    reach.declared.push_back(declaration.parameter);
    if (declaration.required) reach.required.push_back(declaration.parameter);
  }
  for (const Dependency& dependency : step.dependencies)
    reach.dependencies.push_back(dependency.variable);
  std::sort(reach.declared.begin(), reach.declared.end());
  std::sort(reach.required.begin(), reach.required.end());
  std::sort(reach.dependencies.begin(), reach.dependencies.end());
  reach.needs_initial = step.needs_initial;
  return reach;
}

}  // namespace

void Reach::add(const Reach& other) {
  unite(steps, other.steps);
  unite(declared, other.declared);
  unite(required, other.required);
  unite(dependencies, other.dependencies);
  needs_initial = needs_initial || other.needs_initial;
}

void Reach::set(std::uint32_t parameter) {
  const auto found = std::lower_bound(required.begin(), required.end(), parameter);
  if (found != required.end() && *found == parameter) required.erase(found);
}

Reach reach_of(const Components& components, const Entry& entry) {
  switch (entry.kind) {
    case Entry::Kind::ref:
      return reach_of_step(components.steps[entry.index], entry.index);
    case Entry::Kind::chain:
      return components.chains[entry.index].reach;
    case Entry::Kind::literal:
      break;
  }
  Reach literal;
  literal.steps.push_back(kLiteral | entry.index);
  return literal;
}

Reach reach_of(const Components& components, const std::vector<Entry>& entries) {
  Reach reach;
  for (const Entry& entry : entries) reach.add(reach_of(components, entry));
  return reach;
}

bool is_apart(const Reach& a, const Reach& b) {
  auto left = a.steps.begin();
  auto right = b.steps.begin();
  while (left != a.steps.end() && right != b.steps.end()) {
    if (*left == *right) return false;
    *left < *right ? ++left : ++right;
  }
  return true;
}

}  // namespace stepreg::generate
