// The worked examples of registry.md 5.11.
#include "resolve/resolver.h"

#include <doctest/doctest.h>

#include "load/project.h"
#include "temp_dir.h"

using namespace stepreg;

namespace {

// A registry with one file per line of `components` ("ref: {as: s, ...}"), and tests that are
// resolved.
class Example {
 public:
  Example(std::initializer_list<std::string> components, const std::string& tests) {
    for (const std::string& component : components) add(component);
    test::put(tree_ / "registry/cluster-profiles/cluster-profiles-config.yaml",
              "cluster_profiles: [{name: aws, lease_type: aws-quota-slice}, {name: gcp, "
              "lease_type: gcp-slice}]");
    test::put(tree_ / "config/o/r/o-r-main.yaml", "tests:\n" + tests);
    load::ProjectOptions options;
    options.registry = tree_ / "registry";
    options.configs = tree_ / "config";
    project_ = load::find_project(options, sink_);
    REQUIRE(load::open_project(project_, sink_).has_value());
    config_ = load::load_config(*project_.config_files, "o/r/o-r-main.yaml", sink_);
    REQUIRE(config_ != nullptr);
  }

  // "pre: setup(REGION=r1); test: suite(SUITE=full)", or the codes of what is wrong.
  std::string steps(const std::string& test) {
    const resolve::ResolvedTest resolved = of(test);
    if (resolved.failed) return failures();
    std::string text;
    for (const resolve::ResolvedStep& step : resolved.steps) {
      if (!text.empty()) text += "; ";
      text += std::string(plan::phase_name(step.phase)) + ": " + std::string(*step.step->as) +
              values(step);
    }
    return text;
  }

  std::string leases(const std::string& test) {
    const resolve::ResolvedTest resolved = of(test);
    if (resolved.failed) return failures();
    std::string text;
    for (const resolve::ResolvedLease& lease : resolved.leases) {
      text += std::string(lease.env) + "=" + std::string(lease.resource_type) + "*" +
              std::to_string(lease.count) + " ";
    }
    return text;
  }

  std::string observers(const std::string& test) {
    const resolve::ResolvedTest resolved = of(test);
    std::string text;
    for (const resolve::ResolvedObserver& observer : resolved.observers) {
      text += observer.component->name + "(" + std::string(*observer.env[0].effective.value) + ") ";
    }
    return text;
  }

  resolve::ResolvedTest of(const std::string& test) {
    sink_.take();
    for (const auto& entry : config_->config.tests) {
      if (*entry->as != test) continue;
      return resolve::resolve_test(*project_.registry, *entry, config_->test_id(test),
                                   {true, nullptr}, sink_);
    }
    FAIL("no such test");
    return {};
  }

  std::string failures() {
    std::string codes;
    for (const Diagnostic& finding : sink_.take()) {
      codes += std::string(finding.rule.info().code) + " " + finding.subject + " ";
    }
    return codes;
  }

 private:
  void add(const std::string& component) {
    const std::string kind = component.substr(0, component.find(':'));
    const std::string key = kind == "observer" ? "name: " : "as: ";
    const std::size_t begin = component.find(key) + key.size();
    const std::string name = component.substr(begin, component.find_first_of(",}", begin) - begin);
    std::string text = component;
    if (kind == "ref" || kind == "observer") {
      text.insert(begin + name.size(), ", commands: " + name + "-commands.sh");
      test::put(tree_ / "registry/" + name + "/" + name + "-commands.sh", "true\n");
    }
    test::put(tree_ / "registry/" + name + "/" + name + "-" + kind + ".yaml", text);
  }

  static std::string values(const resolve::ResolvedStep& step) {
    std::string text;
    for (const resolve::Resolved& each : step.env) {
      text += (text.empty() ? "(" : " ") + std::string(*each.name) + "=" +
              std::string(*each.effective.value);
    }
    for (const resolve::Resolved& each : step.dependencies) {
      text += (text.empty() ? "(" : " ") + std::string(*each.name) + "=" +
              std::string(*each.effective.value);
    }
    return text.empty() ? text : text + ")";
  }

  test::TempDir tree_;
  SeverityTable severities_{Profile::recommended};
  Sink sink_{severities_};
  load::Project project_;
  std::unique_ptr<load::LoadedConfig> config_;
};

}  // namespace

TEST_CASE("5.11.1 the outermost level wins") {
  Example example({"ref: {as: lint, env: [{name: A, default: step}, {name: B, default: step}, "
                   "{name: C, default: step}, {name: D, default: step}]}",
                   "chain: {as: inner, steps: [{ref: lint}], env: [{name: A, default: inner}, "
                   "{name: B, default: inner}, {name: C, default: inner}]}",
                   "chain: {as: outer, steps: [{chain: inner}], env: [{name: A, default: outer}, "
                   "{name: B, default: outer}]}",
                   "workflow: {as: flow, steps: {env: {A: workflow}, test: [{chain: outer}]}}"},
                  "- {as: a, steps: {workflow: flow}}\n"
                  "- {as: b, steps: {workflow: flow, env: {A: test, D: test}}}\n");
  CHECK(example.steps("a") == "test: lint(A=workflow B=outer C=inner D=step)");
  CHECK(example.steps("b") == "test: lint(A=test B=outer C=inner D=test)");
  const auto resolved = example.of("b");
  const resolve::Resolved& a = resolved.steps[0].env[0];
  REQUIRE(a.overridden.size() == 4);
  CHECK(resolve::source_id(a.overridden[0].source) == "workflow/flow");
  CHECK(resolve::source_id(a.overridden[1].source) == "chain/outer");
  CHECK(resolve::source_id(a.overridden[2].source) == "chain/inner");
  CHECK(resolve::source_id(a.overridden[3].source) == "ref/lint");
}

TEST_CASE("5.11.2 and 5.11.5 a workflow is merged into a test") {
  Example example(
      {"ref: {as: setup, env: [{name: REGION, default: r0}]}",
       "ref: {as: suite, env: [{name: SUITE}]}", "ref: {as: mini}",
       "ref: {as: gather, optional_on_success: true}",
       "workflow: {as: flow, steps: {cluster_profile: aws, allow_skip_on_success: true, "
       "env: {REGION: r1, SUITE: full}, pre: [{ref: setup}], test: [{ref: suite}], post: [{ref: "
       "gather}]}}"},
      "- {as: asis, steps: {workflow: flow}}\n"
      "- {as: other, steps: {workflow: flow, cluster_profile: gcp, allow_skip_on_success: false, "
      "env: {REGION: r2}, test: [{ref: mini}]}}\n"
      "- {as: bare, steps: {workflow: flow, pre: [], post: []}}\n"
      "- {as: nothing, steps: {workflow: flow, pre: }}\n"
      "- {as: bad, steps: {workflow: flow, env: {REGOIN: r2}}}\n");
  CHECK(example.steps("asis") == "pre: setup(REGION=r1); test: suite(SUITE=full); post: gather");
  CHECK(example.steps("other") == "pre: setup(REGION=r2); test: mini; post: gather");
  CHECK(example.steps("bare") == "test: suite(SUITE=full)");
  CHECK(example.steps("nothing") == "pre: setup(REGION=r1); test: suite(SUITE=full); post: gather");
  CHECK(example.steps("bad") == "SR403 REGOIN ");
  CHECK(*example.of("other").merged.allow_skip_on_success == false);
  CHECK(*example.of("other").merged.cluster_profile == "gcp");
}

TEST_CASE("5.11.3 the nil-default trap") {
  const std::string inner =
      "chain: {as: inner, steps: [{ref: s}], env: [{name: X, default: frominner}]}";
  const std::string test = "- {as: t, steps: {test: [{chain: outer}]}}\n";
  const std::string outer = "chain: {as: outer, steps: [{chain: inner}], env: [{name: X}]}";
  CHECK(Example({"ref: {as: s, env: [{name: X, default: fromstep}]}", inner, outer}, test)
            .steps("t") == "test: s(X=fromstep)");
  CHECK(Example({"ref: {as: s, env: [{name: X}]}", inner, outer}, test).steps("t") == "SR406 X ");
  CHECK(Example({"ref: {as: s, env: [{name: X, default: fromstep}]}", inner,
                 "chain: {as: outer, steps: [{chain: inner}], env: [{name: X, default: \"\"}]}"},
                test)
            .steps("t") == "test: s(X=)");
}

TEST_CASE("5.11.4 and 5.11.6 replaced steps and required parameters") {
  Example example({"ref: {as: p, env: [{name: P, default: x}]}", "ref: {as: s}",
                   "ref: {as: q, env: [{name: Q}]}", "chain: {as: c, steps: [{ref: q}]}",
                   "workflow: {as: w, steps: {pre: [{ref: p}], test: [{ref: s}]}}",
                   "workflow: {as: v, steps: {test: [{chain: c}]}}"},
                  "- {as: a, steps: {workflow: w, env: {P: v}}}\n"
                  "- {as: b, steps: {workflow: w, env: {P: v}, pre: []}}\n"
                  "- {as: c, steps: {workflow: w, env: {Q: v}}}\n"
                  "- {as: missing, steps: {workflow: v}}\n"
                  "- {as: given, steps: {workflow: v, env: {Q: v}}}\n");
  CHECK(example.steps("a") == "pre: p(P=v); test: s");
  CHECK(example.steps("b") == "test: s");
  CHECK(example.steps("c") == "SR403 Q ");
  CHECK(example.steps("missing") == "SR406 Q ");
  CHECK(example.steps("given") == "test: q(Q=v)");
}

TEST_CASE("5.11.7 dependencies") {
  Example example({"ref: {as: s, dependencies: [{name: \"release:latest\", env: PAYLOAD}, {name: "
                   "src, env: SRC}]}",
                   "workflow: {as: w, steps: {dependencies: {PAYLOAD: \"release:initial\"}, "
                   "dependency_overrides: {SRC: \"quay.io/x/y:z\"}, test: [{ref: s}]}}"},
                  "- {as: a, steps: {workflow: w}}\n"
                  "- {as: b, steps: {workflow: w, dependencies: {PAYLOAD: \"pipeline:src\"}}}\n"
                  "- {as: c, steps: {workflow: w, dependencies: {PAYLOAD: \"\"}}}\n"
                  "- {as: d, steps: {workflow: w, dependencies: {OTHER: src}}}\n");
  CHECK(example.steps("a") == "test: s(PAYLOAD=release:initial SRC=src)");
  CHECK(example.steps("b") == "test: s(PAYLOAD=pipeline:src SRC=src)");
  CHECK(example.steps("c") == "test: s(PAYLOAD=release:latest SRC=src)");
  CHECK(example.steps("d") == "SR405 OTHER ");
}

TEST_CASE("5.11.8 architectures") {
  Example example(
      {"ref: {as: s, node_architecture: arm64}", "ref: {as: q}",
       "workflow: {as: w, steps: {node_architecture: ppc64le, node_architecture_overrides: {q: "
       "s390x}, "
       "test: [{ref: s}, {ref: q}]}}"},
      "- {as: a, steps: {workflow: w}}\n"
      "- {as: b, node_architecture: amd64, steps: {workflow: w}}\n"
      "- {as: c, steps: {workflow: w, node_architecture_overrides: {q: arm64, nosuch: arm64}}}\n"
      "- {as: d, steps: {test: [{ref: s}, {ref: q}]}}\n"
      "- {as: e, node_architecture: amd64, steps: {node_architecture: arm64, test: [{ref: s}, "
      "{ref: q}]}}\n");
  const auto architectures = [&](const char* test) {
    const auto resolved = example.of(test);
    return std::string(resolved.steps[0].node_architecture) + "/" +
           std::string(resolved.steps[1].node_architecture);
  };
  CHECK(architectures("a") == "ppc64le/ppc64le");
  CHECK(architectures("b") == "amd64/amd64");
  CHECK(architectures("c") == "ppc64le/arm64");
  CHECK(architectures("d") == "arm64/");
  CHECK(architectures("e") == "arm64/arm64");
}

TEST_CASE("5.11.9 leases") {
  Example example(
      {"ref: {as: s, leases: [{resource_type: r1, env: L1}]}",
       "workflow: {as: w, steps: {leases: [{resource_type: r2, env: L2, count: 2}], test: [{ref: "
       "s}]}}"},
      "- {as: a, steps: {workflow: w, cluster_profile: aws, leases: [{resource_type: r3, env: "
      "L3}]}}\n"
      "- {as: b, steps: {workflow: w, leases: [{resource_type: r2, env: L2, count: 2}]}}\n"
      "- {as: c, steps: {workflow: w, leases: [{resource_type: r2, env: L2}]}}\n");
  CHECK(example.leases("a") == "LEASED_RESOURCE=aws-quota-slice*1 L1=r1*1 L2=r2*2 L3=r3*1 ");
  CHECK(example.leases("b") == "L1=r1*1 L2=r2*2 ");
  CHECK(example.leases("c") == "SR409 L2 ");
}

TEST_CASE("5.11.10 observers") {
  const std::string rate = ", env: [{name: RATE, default: \"1\"}]}";
  Example example(
      {"observer: {name: mem" + rate, "observer: {name: disk" + rate, "observer: {name: net" + rate,
       "ref: {as: s, observers: [mem]}",
       "workflow: {as: w, steps: {observers: {enable: [net, disk]}, test: [{ref: s}]}}"},
      "- {as: a, steps: {workflow: w}}\n"
      "- {as: b, steps: {workflow: w, observers: {enable: [disk], disable: [mem]}, env: {RATE: "
      "\"5\"}}}\n"
      "- {as: c, steps: {workflow: w, observers: {disable: [disk]}}}\n"
      "- {as: d, steps: {workflow: w, observers: {enable: []}}}\n");
  CHECK(example.observers("a") == "disk(1) mem(1) net(1) ");
  CHECK(example.observers("b") == "disk(5) ");
  CHECK(example.observers("c") == "mem(1) ");
  CHECK(example.observers("d") == "mem(1) ");
}

TEST_CASE("5.11.11 values that are not texts") {
  Example example({"ref: {as: s, env: [{name: A}, {name: B}, {name: C}, {name: D}, {name: E}]}"},
                  "- {as: t, steps: {test: [{ref: s}], env: {A: 4.10, B: yes, C: 010, D: null, E: "
                  "1234567.0}}}\n");
  CHECK(example.steps("t") == "test: s(A=4.1 B=true C=8 D= E=1.234567e+06)");
}
