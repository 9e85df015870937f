#include "render/graph_text.h"

#include <map>
#include <set>
#include <unordered_map>

namespace stepreg::render {

namespace {

using query::Graph;
using query::GraphEdge;
using query::GraphNode;

std::string replaced(std::string_view text, char what, std::string_view with) {
  std::string out;
  for (const char c : text) {
    if (c == what) {
      out += with;
    } else {
      out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  return out;
}

std::string dot_quoted(std::string_view text) {
  return "\"" + replaced(replaced(text, '\\', "\\\\"), '"', "\\\"") + "\"";
}

class TreeWriter {
 public:
  explicit TreeWriter(const Graph& graph) {
    for (const GraphNode& node : graph.nodes) nodes_[node.id] = &node;
    for (const GraphEdge& edge : graph.edges) parts_[edge.from].push_back(edge.to);
  }

  void write(const std::string& id, const std::string& indent, const std::string& branch) {
    const GraphNode& node = *nodes_.at(id);
    const auto parts = parts_.find(id);
    const bool again = parts != parts_.end() && !shown_.insert(id).second;
    const bool cycle = open_.contains(id);
    out_ +=
        branch + (node.kind == "phase" || node.kind == "test" ? "" : node.kind + "/") + node.label;
    if (node.missing) out_ += "  (does not exist)";
    if (cycle) {
      out_ += "  (a cycle)";
    } else if (again) {
      out_ += "  (see above)";
    }
    out_ += "\n";
    if (cycle || again || parts == parts_.end()) return;
    open_.insert(id);
    for (std::size_t i = 0; i < parts->second.size(); ++i) {
      const bool last = i + 1 == parts->second.size();
      write(parts->second[i], indent + (last ? "   " : "|  "), indent + (last ? "`- " : "|- "));
    }
    open_.erase(id);
  }

  std::string take() { return std::move(out_); }

 private:
  std::unordered_map<std::string, const GraphNode*> nodes_;
  std::unordered_map<std::string, std::vector<std::string>> parts_;
  std::set<std::string> shown_, open_;
  std::string out_;
};

const char* dot_style(const GraphNode& node) {
  if (node.missing) return "shape=box, style=dashed, color=red";
  if (node.kind == "test") return "shape=box, style=\"filled,bold\", fillcolor=\"#fff3c4\"";
  if (node.kind == "workflow") return "shape=box, style=filled, fillcolor=\"#d7e8fb\"";
  if (node.kind == "chain") return "shape=box, style=\"filled,rounded\", fillcolor=\"#e2f2dc\"";
  if (node.kind == "phase") return "shape=plaintext";
  if (node.kind == "observer") return "shape=ellipse";
  return "shape=box";
}

}  // namespace

std::string graph_tree(const Graph& graph) {
  TreeWriter writer(graph);
  for (const std::string& root : graph.roots) writer.write(root, "", "");
  return writer.take();
}

std::string graph_dot(const Graph& graph) {
  std::string out = "digraph " + dot_quoted(graph.subject) +
                    " {\n  rankdir=LR;\n  ordering=out;\n  ranksep=0.4;\n  nodesep=0.1;\n"
                    "  node [fontname=\"sans-serif\", fontsize=10, height=0.25, "
                    "margin=\"0.08,0.03\"];\n  edge [arrowsize=0.5];\n";
  for (const GraphNode& node : graph.nodes) {
    out += "  " + dot_quoted(node.id) + " [label=" + dot_quoted(node.label) + ", " +
           dot_style(node) + "];\n";
  }
  for (const GraphEdge& edge : graph.edges) {
    out += "  " + dot_quoted(edge.from) + " -> " + dot_quoted(edge.to) + ";\n";
  }
  return out + "}\n";
}

std::string graph_mermaid(const Graph& graph) {
  std::string out = "flowchart LR\n";
  std::unordered_map<std::string, std::string> names;
  for (const GraphNode& node : graph.nodes) {
    const std::string name = "n" + std::to_string(names.size());
    names[node.id] = name;
    const std::string label = "\"" + replaced(node.label, '"', "#quot;") +
                              (node.missing ? " (does not exist)" : "") + "\"";
    const bool round = node.kind == "chain";
    const bool bare = node.kind == "phase";
    out += "  " + name +
           (round  ? "("
            : bare ? "(["
                   : "[") +
           label +
           (round  ? ")"
            : bare ? "])"
                   : "]") +
           "\n";
  }
  for (const GraphEdge& edge : graph.edges) {
    out += "  " + names[edge.from] + " --> " + names[edge.to] + "\n";
  }
  return out;
}

}  // namespace stepreg::render
