#include <algorithm>
#include <deque>

#include "query/uses.h"

namespace stepreg::query {

namespace {

// What one test contributes.
struct ComponentInTest {
  std::vector<Use> direct;
  std::optional<IndirectUse> reached;
};

// The components on the way to the target in the resolved test, the target included.
std::vector<std::string> way_to(const resolve::ResolvedTest& test, const AnyComponent& target) {
  using SourceKind = resolve::Source::Kind;
  std::vector<std::string> way;
  if (target.kind == ComponentKind::step) {
    const auto step = std::find_if(test.steps.begin(), test.steps.end(),
                                   [&](const auto& s) { return s.component == target.step; });
    if (step != test.steps.end()) way = test.way(step->path);
  } else if (target.kind == ComponentKind::chain) {
    for (std::size_t i = 0; i < test.paths.size(); ++i) {
      if (test.paths[i].kind != SourceKind::chain || test.paths[i].name != target.name()) continue;
      return test.way(static_cast<std::uint32_t>(i));
    }
  }
  way.push_back(target.id());
  return way;
}

ComponentInTest use_of(const TestContext& context, const AnyComponent& target) {
  ComponentInTest use;
  for (const Reference& reference : references_of(*context.test.steps)) {
    if (reference.kind != target.kind || *reference.name != target.name()) continue;
    use.direct.push_back({context.id, reference.where, Location::of(reference.name.place)});
  }
  if (!reaches(context.resolved, target.kind, target.name())) return use;
  use.reached = IndirectUse{context.id, way_to(context.resolved, target)};
  use.reached->way.insert(use.reached->way.begin(), context.id);
  return use;
}

}  // namespace

ReferenceIndex::ReferenceIndex(const Registry& registry) {
  for (const AnyComponent& component : all_components(registry)) {
    for (const Reference& reference : references_of(component)) {
      users_[reference.id()].push_back(
          {component.id(), reference.where, Location::of(reference.name.place)});
    }
  }
  for (auto& [id, users] : users_) {
    std::stable_sort(users.begin(), users.end(),
                     [](const Use& a, const Use& b) { return a.user < b.user; });
  }
}

const std::vector<Use>& ReferenceIndex::users_of(const std::string& id) const {
  static const std::vector<Use> kNobody;
  const auto found = users_.find(id);
  return found == users_.end() ? kNobody : found->second;
}

std::vector<IndirectUse> ReferenceIndex::transitive_users_of(const std::string& id) const {
  std::map<std::string, std::vector<std::string>> ways = {{id, {id}}};
  std::deque<std::string> open = {id};
  while (!open.empty()) {
    const std::string current = open.front();
    open.pop_front();
    for (const Use& use : users_of(current)) {
      if (ways.contains(use.user)) continue;
      std::vector<std::string> way = ways[current];
      way.insert(way.begin(), use.user);
      ways.emplace(use.user, std::move(way));
      open.push_back(use.user);
    }
  }
  std::vector<IndirectUse> users;
  for (auto& [user, way] : ways) {
    if (way.size() > 2) users.push_back({user, std::move(way)});
  }
  return users;
}

Answer<ComponentUses> uses_of_component(const load::Project& project, const AnyComponent& component,
                                        const Sink& like) {
  Answer<ComponentUses> answer;
  ComponentUses& uses = answer.value;
  uses.component = component.id();
  uses.at = Location::of(component.place());
  const ReferenceIndex index(*project.registry);
  uses.direct = index.users_of(uses.component);
  uses.transitive = index.transitive_users_of(uses.component);
  answer.incomplete = broken_components(*project.registry);
  map_tests<ComponentInTest>(
      project, {}, like, [&](const TestContext& test) { return use_of(test, component); },
      [&](Scanned<ComponentInTest>&& scanned, Sink&& sink) {
        for (ComponentInTest& use : scanned.results) {
          std::move(use.direct.begin(), use.direct.end(), std::back_inserter(uses.direct));
          if (use.reached) uses.tests.push_back(std::move(*use.reached));
        }
        if (scanned.incomplete.empty()) return;
        std::move(scanned.incomplete.begin(), scanned.incomplete.end(),
                  std::back_inserter(answer.incomplete));
        for (Diagnostic& finding : sink.take()) answer.findings.push_back(std::move(finding));
      });
  return answer;
}

}  // namespace stepreg::query
