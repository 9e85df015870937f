#include <doctest/doctest.h>

#include "base/shell.h"
#include "render/graph_text.h"
#include "render/yaml.h"

using namespace stepreg;

TEST_CASE("words for the shell") {
  CHECK(shell_quoted("a/b-c.sh") == "a/b-c.sh");
  CHECK(shell_quoted("") == "''");
  CHECK(shell_quoted("a b") == "'a b'");
  CHECK(shell_quoted("it's") == "'it'\\''s'");
  CHECK(shell_quoted("~") == "'~'");
}

TEST_CASE("JSON as YAML") {
  CHECK(render::yaml_of_json("{}") == "---\n{}\n");
  CHECK(render::yaml_of_json(R"({"a":"yes","b":[1,{"c":null,"d":"x\ny\n"}],"e":[]})") ==
        "---\na: \"yes\"\nb:\n  - 1\n  - c: null\n    d: |\n      x\n      y\ne: []\n");
  CHECK(render::yaml_of_json(R"(["a: b","12",""])") == "---\n- \"a: b\"\n- \"12\"\n- \"\"\n");
  CHECK(render::yaml_of_json(R"({"a":"x\u0085y"})") == "---\na: \"x\\x85y\"\n");
}

TEST_CASE("a tree of a graph with a cycle and a missing part ends") {
  query::Graph graph;
  graph.roots = {"chain/a"};
  graph.nodes = {{"chain/a", "chain", "a", "chain/a", false},
                 {"chain/b", "chain", "b", "chain/b", false},
                 {"ref/c", "ref", "c", "ref/c", true}};
  graph.edges = {{"chain/a", "chain/b"}, {"chain/b", "chain/a"}, {"chain/b", "ref/c"}};
  CHECK(render::graph_tree(graph) ==
        "chain/a\n`- chain/b\n   |- chain/a  (a cycle)\n   `- ref/c  (does not exist)\n");
}
