// What consists of what, as nodes and edges.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "query/scan.h"

namespace stepreg::query {

struct GraphNode {
  std::string id;         // unique in the graph: a component's id, a test's id, or PARENT#PHASE
  std::string kind;       // "test", "workflow", "phase", "chain", "ref", "observer", "in-place"
  std::string label;      // what is drawn
  std::string component;  // the component's id; "" for tests, phases and steps in place
  bool missing = false;   // it is named, and does not exist
};

// Edges lead from a whole to its parts, in their order.
struct GraphEdge {
  std::string from, to;
};

struct Graph {
  std::string subject;  // an id, or "registry"
  std::vector<std::string> roots;
  std::vector<GraphNode> nodes;  // in the order in which they are met from the roots
  std::vector<GraphEdge> edges;

  const GraphNode* find(const std::string& id) const;
};

// What the component consists of.
Graph graph_of_component(const Registry& registry, const AnyComponent& component);
// Its users and theirs: from those that nobody uses down to the component.
Graph graph_of_users(const Registry& registry, const AnyComponent& component);
// What the test runs, by phase. A chain that two phases have is two nodes.
Graph graph_of_test(const TestContext& test);
// All components; the roots are those that no other uses.
Graph graph_of_registry(const Registry& registry);

}  // namespace stepreg::query
