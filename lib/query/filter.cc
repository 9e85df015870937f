#include "query/filter.h"

#include <algorithm>

#include "base/text.h"

namespace stepreg::query {

using SourceKind = resolve::Source::Kind;

bool reaches(const resolve::ResolvedTest& test, ComponentKind kind, std::string_view name) {
  switch (kind) {
    case ComponentKind::step:
      return std::any_of(test.steps.begin(), test.steps.end(), [&](const auto& step) {
        return step.component != nullptr && step.component->name == name;
      });
    case ComponentKind::chain:
      return std::any_of(test.paths.begin(), test.paths.end(), [&](const auto& node) {
        return node.kind == SourceKind::chain && node.name == name;
      });
    case ComponentKind::workflow:
      return test.workflow != nullptr && test.workflow->name == name;
    case ComponentKind::observer:
      break;
  }
  return std::any_of(test.observers.begin(), test.observers.end(),
                     [&](const auto& observer) { return observer.component->name == name; });
}

bool Filter::keeps(const resolve::ResolvedTest& test) const {
  const bool used = uses.empty() || std::any_of(uses.begin(), uses.end(), [&](const auto& c) {
                      return reaches(test, c.kind, c.name());
                    });
  const std::string_view profile = *test.merged.cluster_profile;
  return used && (profiles.empty() ||
                  std::any_of(profiles.begin(), profiles.end(),
                              [&](const auto& pattern) { return glob_match(pattern, profile); }));
}

}  // namespace stepreg::query
