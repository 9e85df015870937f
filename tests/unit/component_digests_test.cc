#include "rules/component_digests.h"

#include <doctest/doctest.h>

#include <map>

#include "load/registry_loader.h"
#include "temp_dir.h"

using namespace stepreg;

namespace {

const std::string kWhy = "  documentation: why\n";  // of every kind of component

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

  std::string shown(const std::string& path) const { return dir_ / path; }
  template <class Use>
  void with_digests(Use use) const {
    const SeverityTable severities;
    Sink sink(severities);
    const load::DirectoryTree files(dir_.path());
    const auto registry = load::load_registry(files, {}, sink);
    const rules::ComponentIds ids(*registry);
    use(ids, rules::ComponentDigests(*registry, ids));
  }

  // Whether an edit changes what of_lines() says of the first lines of a component.
  template <class Edit>
  bool lines_changed_by(const std::string& id, std::uint32_t lines, Edit edit) {
    std::uint64_t before = 0, after = 0;
    with_digests([&](const rules::ComponentIds& ids, const rules::ComponentDigests& digests) {
      before = digests.of_lines(*ids.find(id), lines);
    });
    edit();
    with_digests([&](const rules::ComponentIds& ids, const rules::ComponentDigests& digests) {
      after = digests.of_lines(*ids.find(id), lines);
    });
    return after != before;
  }

  // By id, and that of the whole under "".
  std::map<std::string, std::string> digests() const {
    std::map<std::string, std::string> digests;
    with_digests([&](const rules::ComponentIds& ids, const rules::ComponentDigests& made) {
      digests[""] = made.of_whole();
      for (std::uint32_t i = 0; i < ids.size(); ++i) digests[ids.id(i)] = made.of(i);
    });
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
  CHECK(tree.changed_by([&] { tree.append("leaf/leaf-ref.yaml", kWhy); }) ==
        above + cycle + "ref/leaf workflow/flow workflow/spin ");
  CHECK(tree.changed_by([&] { tree.append("leaf/leaf-commands.sh", "# why\n"); }) ==
        above + cycle + "ref/leaf workflow/flow workflow/spin ");
  CHECK(tree.changed_by([&] { tree.append("eye/eye-observer.yaml", kWhy); }) ==
        above + cycle + "observer/eye ref/leaf workflow/flow workflow/spin ");
  CHECK(tree.changed_by([&] { tree.append("outer/outer-chain.yaml", kWhy); }) ==
        "chain/outer " + cycle + "workflow/flow workflow/spin ");
  // Who leads into a cycle changes with everything.
  CHECK(tree.changed_by([&] { tree.append("lone/lone-ref.yaml", kWhy); }) ==
        cycle + "ref/lone workflow/spin ");
  CHECK(tree.changed_by([&] { tree.append("round/round-chain.yaml", kWhy); }) ==
        cycle + "workflow/spin ");
}

TEST_CASE("comments and layout change nothing but the digest of the lines from there on") {
  constexpr std::uint32_t kAll = rules::ComponentDigests::kAllLines;
  SmallRegistry tree;
  const auto comment = [&] { tree.append("leaf/leaf-ref.yaml", "\n# why\n"); };
  CHECK(tree.changed_by(comment) == "chain/round chain/turn workflow/spin ");
  CHECK(!tree.lines_changed_by("ref/lone", kAll, comment));
  CHECK(!tree.lines_changed_by("ref/leaf", 5, comment));
  CHECK(tree.lines_changed_by("ref/leaf", kAll, comment));
  const auto begin = [&] { tree.put("leaf/leaf-ref.yaml", "# why\n" + step("leaf")); };
  CHECK(tree.lines_changed_by("ref/leaf", 1, begin));
  CHECK(!tree.lines_changed_by("ref/leaf", 0, begin));
}

TEST_CASE("a line that is shown ends where it ended") {
  SmallRegistry tree;
  const auto put = [&](const std::string& end) {
    return [&tree, end] { tree.put("lone/lone-ref.yaml", "ref:\n  as: lone" + end); };
  };
  put("")();
  CHECK(tree.lines_changed_by("ref/lone", 2, put("  # why")));
  CHECK(tree.lines_changed_by("ref/lone", 2, put("  # why\n")));
  CHECK(tree.lines_changed_by("ref/lone", 2, put("  # why not\n")));
  CHECK(!tree.lines_changed_by("ref/lone", 2, put("  # why not\n  from: cli")));
  CHECK(tree.lines_changed_by("ref/lone", 3, put("  # why not\n  from: client")));
}

TEST_CASE("files are found by the path that findings show") {
  SmallRegistry tree;
  tree.put("cluster-profiles/cluster-profiles-config.yaml", "cluster_profiles: []\n");
  tree.with_digests([&](const rules::ComponentIds& ids, const rules::ComponentDigests& digests) {
    const auto at = [&](const char* path) { return digests.component_at(tree.shown(path)); };
    CHECK(at("leaf/leaf-ref.yaml") == ids.find("ref/leaf"));
    CHECK(at("flow/flow-workflow.yaml") == ids.find("workflow/flow"));
    CHECK(at("cluster-profiles/cluster-profiles-config.yaml") == rules::ComponentDigests::kWhole);
    CHECK(at("leaf/leaf-commands.sh") == std::nullopt);
  });
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
  CHECK(!whole_changes([&] { tree.append("new/new-ref.yaml", kWhy); }));
}

TEST_CASE("chains within chains, however deep, have a digest") {
  SmallRegistry tree;
  constexpr int kDepth = 1200;
  for (int i = 0; i < kDepth; ++i) {
    const std::string name = "c" + std::to_string(i), next = "c" + std::to_string(i + 1);
    tree.put(name + "/" + name + "-chain.yaml", chain(name, "chain: " + next));
  }
  const std::string changed =
      " " + tree.changed_by([&] { tree.append("c1100/c1100-chain.yaml", kWhy); });
  for (const char* id : {" chain/c1100 ", " chain/c1000 ", " chain/c0 "}) {
    CHECK(changed.find(id) != std::string::npos);
  }
  CHECK(changed.find(" chain/c1101 ") == std::string::npos);
}
