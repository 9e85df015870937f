// stepreg graph: what consists of what.
#include <sys/wait.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <map>
#include <memory>

#include "base/text.h"
#include "common/options.h"
#include "render/graph_text.h"
#include "render/query_json.h"
#include "render/yaml.h"
#include "stepreg/findings_out.h"
#include "stepreg/query_command.h"
#include "stepreg/selection_options.h"

namespace stepreg::tools {

namespace {

enum class GraphFormat { tree, dot, mermaid, json, yaml, svg };

const std::map<std::string, GraphFormat> kGraphFormats = {
    {"tree", GraphFormat::tree}, {"dot", GraphFormat::dot},   {"mermaid", GraphFormat::mermaid},
    {"json", GraphFormat::json}, {"yaml", GraphFormat::yaml}, {"svg", GraphFormat::svg}};

struct GraphOptions {
  load::ProjectOptions project;
  std::string name;
  bool whole = false;
  bool users = false;
  GraphFormat format = GraphFormat::tree;
};

// Lets Graphviz draw to our standard output.
int draw(const std::string& dot) {
  std::fflush(stdout);
  std::FILE* pipe = popen("command -v dot >/dev/null 2>&1 || exit 127; exec dot -Tsvg", "w");
  if (pipe == nullptr) {
    complain("cannot start a shell for `dot`");
    return kUsage;
  }
  const bool written = std::fwrite(dot.data(), 1, dot.size(), pipe) == dot.size();
  const int status = pclose(pipe);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 127) {
    complain("`-o svg` needs the program `dot`, and it is not installed",
             "install Graphviz, or draw the output of `-o dot` elsewhere");
    return kUsage;
  }
  if (written && status == 0) return kClean;
  complain("`dot` could not draw the graph");
  return kUsage;
}

int output(const QueryCommand& command, GraphFormat format, const query::Graph& graph,
           const std::vector<std::string>& incomplete) {
  switch (format) {
    case GraphFormat::svg: {
      const int drawn = draw(render::graph_dot(graph));
      return drawn == kClean ? command.answer("", incomplete) : drawn;
    }
    case GraphFormat::tree:
      return command.answer(render::graph_tree(graph), incomplete);
    case GraphFormat::dot:
      return command.answer(render::graph_dot(graph), incomplete);
    case GraphFormat::mermaid:
      return command.answer(render::graph_mermaid(graph), incomplete);
    case GraphFormat::json:
      return command.answer(render::graph_json(graph, incomplete), incomplete);
    case GraphFormat::yaml:
      break;
  }
  return command.answer(render::yaml_of_json(render::graph_json(graph, incomplete)), incomplete);
}

// What of the graph is not as it should be.
std::vector<std::string> missing_of(const query::Graph& graph) {
  std::vector<std::string> missing;
  for (const query::GraphNode& node : graph.nodes) {
    if (node.missing) missing.push_back(node.id);
  }
  return missing;
}

int of_test(QueryCommand& command, const GraphOptions& options) {
  query::Graph graph;
  std::vector<std::string> incomplete;
  const bool found = command.with_test(options.name, nullptr, [&](const query::TestContext& test) {
    graph = query::graph_of_test(test);
    if (test.resolved.failed) incomplete.push_back(test.id);
  });
  return found ? output(command, options.format, graph, incomplete) : kUsage;
}

int run(const GraphOptions& options) {
  QueryCommand command(options.project);
  if (!command.open()) return kUsage;
  if (options.whole) {
    const query::Graph graph = query::graph_of_registry(command.registry());
    std::vector<std::string> incomplete = query::broken_components(command.registry());
    for (std::string& id : missing_of(graph)) incomplete.push_back(std::move(id));
    return output(command, options.format, graph, incomplete);
  }
  if (options.name.find_first_of("@:") != std::string::npos) return of_test(command, options);
  std::vector<query::AnyComponent> found;
  if (!find_or_complain(command.registry(), options.name, found)) return kUsage;
  if (found.size() > 1) {
    complain(in_quotes(options.name) + " is the name of several components",
             "say which: " + in_quotes(found[0].id()) + " or " + in_quotes(found[1].id()));
    return kUsage;
  }
  const query::Graph graph = options.users
                                 ? query::graph_of_users(command.registry(), found.front())
                                 : query::graph_of_component(command.registry(), found.front());
  return output(command, options.format, graph, missing_of(graph));
}

}  // namespace

void add_graph(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<GraphOptions>();
  CLI::App* command =
      app.add_subcommand("graph", "Draw what a component, a test or the registry consists of");
  command->footer(
      "Examples:\n"
      "  stepreg graph workflow/install                     a tree as text\n"
      "  stepreg graph acme/shop@main:e2e -o svg >e2e.svg   what a test runs (needs Graphviz)\n"
      "  stepreg graph chain/install --users -o mermaid     who uses it");
  command->add_option("name", options->name, "A component or a test")->type_name("NAME");
  command->add_flag("--registry-wide", options->whole, "The whole registry");
  command->add_flag("--users", options->users, "The component's users instead of its parts");
  command
      ->add_option("-o,--output", options->format,
                   "tree (default), dot, mermaid, json, yaml or svg")
      ->transform(choice_of(kGraphFormats))
      ->type_name("FORMAT");
  add_project_options(*command, options->project);
  command->callback([options, &exit_code] {
    if (options->name.empty() != options->whole) {
      throw CLI::ValidationError("name a component or a test, or say --registry-wide");
    }
    exit_code = run(*options);
  });
}

}  // namespace stepreg::tools
