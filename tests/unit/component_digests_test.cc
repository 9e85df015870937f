#include "rules/component_digests.h"

#include <doctest/doctest.h>

#include <map>

#include "load/registry_loader.h"
#include "temp_dir.h"

using namespace stepreg;

namespace {

std::string step(const std::string& name, const std::string& more = "") {
  return "ref:\n  as: " + name + "\n  from: cli\n  commands: " + name + "-commands.sh\n" + more;
}

std::string chain(const std::string& name, const std::string& entries) {
  return "chain:\n  as: " + name + "\n  steps: [" + entries + "]\n";
}

std::string workflow(const std::string& name, const std::string& entries) {
  return "workflow:\n  as: " + name + "\n  steps:\n    test: [" + entries + "]\n";
}

// flow -> outer -> inner -> leaf (observed by eye); lone beside it; round -> turn -> round, watched
// by spin.
class SmallRegistry {
 public:
  SmallRegistry() {
    put("leaf/leaf-ref.yaml", step("leaf", "  observers: [eye]\n"));
    put("leaf/leaf-commands.sh", "true\n");
    put("lone/lone-ref.yaml", step("lone"));
    put("lone/lone-commands.sh", "true\n");
    put("eye/eye-observer.yaml",
        "observer:\n  name: eye\n  from: cli\n  commands: eye-commands.sh\n");
    put("inner/inner-chain.yaml", chain("inner", "ref: leaf"));
    put("outer/outer-chain.yaml", chain("outer", "chain: inner"));
    put("flow/flow-workflow.yaml", workflow("flow", "chain: outer"));
    put("round/round-chain.yaml", chain("round", "chain: turn"));
    put("turn/turn-chain.yaml", chain("turn", "chain: round"));
    put("spin/spin-workflow.yaml", workflow("spin", "chain: turn"));
  }

  void put(const std::string& path, const std::string& text) { test::put(dir_ / path, text); }
  void append(const std::string& path, const std::string& text) {
    put(path, test::get(dir_ / path) + text);
  }

  // By id, and that of the whole under "".
  std::map<std::string, std::string> digests() const {
    const SeverityTable severities;
    Sink sink(severities);
    const load::DirectoryTree files(dir_.path());
    const auto registry = load::load_registry(files, {}, sink);
    const rules::ComponentDigests made(*registry);
    std::map<std::string, std::string> digests{{"", made.of_whole()}};
    const auto add = [&](const std::string& kind, const auto& components) {
      for (const auto& [name, component] : components.by_name) {
        const std::string id = kind + std::string(name);
        digests[id] = made.of(id);
      }
    };
    add("ref/", registry->steps);
    add("observer/", registry->observers);
    add("chain/", registry->chains);
    add("workflow/", registry->workflows);
    return digests;
  }

  // The ids whose digests an edit has changed, one after the other.
  template <class Edit>
  std::string changed_by(Edit edit) {
    const auto before = digests();
    edit();
    std::string changed;
    for (const auto& [id, digest] : digests()) {
      const auto old = before.find(id);
      if (old == before.end() || old->second != digest)
        changed += (id.empty() ? "whole" : id) + " ";
    }
    return changed;
  }

 private:
  test::TempDir dir_;
};

}  // namespace

TEST_CASE("a digest changes with all that its component leads to, and with nothing else") {
  SmallRegistry tree;
  const std::string above = "chain/inner chain/outer ", cycle = "chain/round chain/turn ";
  CHECK(tree.changed_by([] {}).empty());
  CHECK(tree.changed_by([&] { tree.append("leaf/leaf-ref.yaml", "# why\n"); }) ==
        above + cycle + "ref/leaf workflow/flow workflow/spin ");
  CHECK(tree.changed_by([&] { tree.append("leaf/leaf-commands.sh", "# why\n"); }) ==
        above + cycle + "ref/leaf workflow/flow workflow/spin ");
  CHECK(tree.changed_by([&] { tree.append("eye/eye-observer.yaml", "# why\n"); }) ==
        above + cycle + "observer/eye ref/leaf workflow/flow workflow/spin ");
  CHECK(tree.changed_by([&] { tree.append("outer/outer-chain.yaml", "# why\n"); }) ==
        "chain/outer " + cycle + "workflow/flow workflow/spin ");
  // Who leads into a cycle changes with everything.
  CHECK(tree.changed_by([&] { tree.append("lone/lone-ref.yaml", "# why\n"); }) ==
        cycle + "ref/lone workflow/spin ");
  CHECK(tree.changed_by([&] { tree.append("round/round-chain.yaml", "# why\n"); }) ==
        cycle + "workflow/spin ");
}

TEST_CASE("the digest of the whole changes with the names and the profiles") {
  SmallRegistry tree;
  const auto whole_changes = [&](auto edit) { return tree.changed_by(edit).starts_with("whole "); };
  CHECK(whole_changes([&] { tree.put("new/new-ref.yaml", step("new")); }));
  CHECK(whole_changes([&] { tree.put("bad/bad-ref.yaml", "ref: [\n"); }));
  CHECK(whole_changes([&] {
    tree.put("cluster-profiles/cluster-profiles-config.yaml", "cluster_profiles: []\n");
  }));
  CHECK(whole_changes([&] {
    tree.put("cluster-profiles/cluster-profiles-config.yaml", "cluster_profiles: [{name: a}]\n");
  }));
  CHECK(!whole_changes([&] { tree.append("new/new-ref.yaml", "# why\n"); }));
}

TEST_CASE("chains within chains, however deep, have a digest") {
  SmallRegistry tree;
  constexpr int kDepth = 1200;
  for (int i = 0; i < kDepth; ++i) {
    const std::string name = "c" + std::to_string(i), next = "c" + std::to_string(i + 1);
    tree.put(name + "/" + name + "-chain.yaml", chain(name, "chain: " + next));
  }
  const std::string changed =
      " " + tree.changed_by([&] { tree.append("c1100/c1100-chain.yaml", "# why\n"); });
  for (const char* id : {" chain/c1100 ", " chain/c1000 ", " chain/c0 "}) {
    CHECK(changed.find(id) != std::string::npos);
  }
  CHECK(changed.find(" chain/c1101 ") == std::string::npos);
}
