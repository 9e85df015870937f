#include "query/graph.h"

#include <algorithm>
#include <set>

#include "query/uses.h"

namespace stepreg::query {

namespace {

class Builder {
 public:
  explicit Builder(std::string subject) { graph_.subject = std::move(subject); }

  // True when the node is new.
  bool node(GraphNode node) {
    if (!known_.insert(node.id).second) return false;
    graph_.nodes.push_back(std::move(node));
    return true;
  }
  void edge(const std::string& from, const std::string& to) {
    if (edges_.emplace(from, to).second) graph_.edges.push_back({from, to});
  }
  bool has(const std::string& id) const { return known_.contains(id); }
  void root(const std::string& id) { graph_.roots.push_back(id); }
  Graph take() { return std::move(graph_); }

 private:
  Graph graph_;
  std::set<std::string> known_;
  std::set<std::pair<std::string, std::string>> edges_;
};

GraphNode node_of(const std::string& id, bool missing) {
  const std::size_t slash = id.find('/');
  return {id, id.substr(0, slash), id.substr(slash + 1), id, missing};
}

// Walks down from components.
class DownWalk {
 public:
  DownWalk(const Registry& registry, Builder& builder) : registry_(registry), builder_(builder) {}

  void component(const AnyComponent& component) {
    const std::string id = component.id();
    if (!builder_.node(node_of(id, false))) return;
    if (component.workflow != nullptr) return workflow(id, *component.workflow->definition.steps);
    if (component.chain != nullptr) return entries(id, component.chain->definition.steps);
    observers(id, references_of(component));
  }

 private:
  void named(const std::string& parent, const std::string& id) {
    const auto found = find_components(registry_, id);
    builder_.edge(parent, id);
    if (found.empty()) {
      builder_.node(node_of(id, true));
    } else {
      component(found.front());
    }
  }

  void entries(const std::string& parent, const ObjectList<StepEntry>& list) {
    for (const Located<StepEntry>& entry : list) {
      if (entry->chain.present()) {
        named(parent, component_id(ComponentKind::chain, *entry->chain));
      } else if (entry->ref.present()) {
        named(parent, component_id(ComponentKind::step, *entry->ref));
      } else if (!entry->is_empty()) {
        const std::string id = parent + "#" + std::string(*entry->literal->as);
        builder_.edge(parent, id);
        builder_.node({id, "in-place", std::string(*entry->literal->as), "", false});
      }
    }
  }

  void workflow(const std::string& id, const MultiStage& settings) {
    const std::pair<const char*, const ObjectList<StepEntry>*> phases[] = {
        {"pre", &settings.pre}, {"test", &settings.test}, {"post", &settings.post}};
    for (const auto& [phase, list] : phases) {
      if (list->empty()) continue;
      const std::string inside = id + "#" + phase;
      builder_.edge(id, inside);
      builder_.node({inside, "phase", phase, "", false});
      entries(inside, *list);
    }
    observers(id, references_of(settings));
  }

  void observers(const std::string& id, const std::vector<Reference>& references) {
    for (const Reference& reference : references) {
      if (reference.kind == ComponentKind::observer) named(id, reference.id());
    }
  }

  const Registry& registry_;
  Builder& builder_;
};

}  // namespace

const GraphNode* Graph::find(const std::string& id) const {
  const auto found =
      std::find_if(nodes.begin(), nodes.end(), [&](const GraphNode& n) { return n.id == id; });
  return found == nodes.end() ? nullptr : &*found;
}

Graph graph_of_component(const Registry& registry, const AnyComponent& component) {
  Builder builder(component.id());
  builder.root(component.id());
  DownWalk(registry, builder).component(component);
  return builder.take();
}

Graph graph_of_users(const Registry& registry, const AnyComponent& component) {
  const ReferenceIndex index(registry);
  Builder builder(component.id());
  std::vector<std::string> open = {component.id()};
  std::set<std::string> done = {component.id()};
  for (std::size_t i = 0; i < open.size(); ++i) {
    const std::string id = open[i];
    builder.node(node_of(id, false));
    const std::vector<Use>& users = index.users_of(id);
    if (users.empty()) builder.root(id);
    for (const Use& use : users) {
      builder.edge(use.user, id);
      if (done.insert(use.user).second) open.push_back(use.user);
    }
  }
  return builder.take();
}

Graph graph_of_test(const TestContext& test) {
  Builder builder(test.id);
  builder.root(test.id);
  builder.node({test.id, "test", test.id, "", false});
  for (const resolve::ResolvedStep& step : test.resolved.steps) {
    const std::string phase = test.id + "#" + plan::phase_name(step.phase);
    builder.edge(test.id, phase);
    builder.node({phase, "phase", plan::phase_name(step.phase), "", false});
    std::string parent = phase;
    for (const std::string& component : test.resolved.way(step.path)) {
      if (component.starts_with("workflow/")) continue;
      const std::string id = phase + "/" + component;
      GraphNode node = node_of(component, false);
      node.id = id;
      builder.edge(parent, id);
      builder.node(std::move(node));
      parent = id;
    }
    const std::string name(*step.step->as);
    const std::string id = phase + "/ref/" + name;
    builder.edge(parent, id);
    const bool in_place = step.component == nullptr;
    builder.node({id, in_place ? "in-place" : "ref", name, in_place ? "" : "ref/" + name, false});
  }
  for (const resolve::ResolvedObserver& observer : test.resolved.observers) {
    const std::string id = "observer/" + observer.component->name;
    builder.edge(test.id, id);
    builder.node(node_of(id, false));
  }
  return builder.take();
}

Graph graph_of_registry(const Registry& registry) {
  const ReferenceIndex index(registry);
  Builder builder("registry");
  DownWalk walk(registry, builder);
  // Chains and workflows first, so that a cycle is shown from one of its members.
  auto components = all_components(registry);
  std::stable_partition(components.begin(), components.end(), [](const AnyComponent& component) {
    return component.chain != nullptr || component.workflow != nullptr;
  });
  for (const AnyComponent& component : components) {
    if (!index.users_of(component.id()).empty()) continue;
    builder.root(component.id());
    walk.component(component);
  }
  // What is left is in a cycle, or reached from one only.
  for (const AnyComponent& component : components) {
    if (builder.has(component.id())) continue;
    builder.root(component.id());
    walk.component(component);
  }
  return builder.take();
}

}  // namespace stepreg::query
