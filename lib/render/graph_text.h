// Graphs as text for people and for programs that draw.
#pragma once

#include <string>

#include "query/graph.h"

namespace stepreg::render {

// An indented tree; what was shown before and has parts is named again without them.
std::string graph_tree(const query::Graph& graph);
// For Graphviz: from left to right, parts below each other in their order, so that a workflow with
// many steps becomes long and not wide.
std::string graph_dot(const query::Graph& graph);
// For Mermaid, as Markdown viewers draw it.
std::string graph_mermaid(const query::Graph& graph);

}  // namespace stepreg::render
