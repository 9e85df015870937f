// Registries that are large in one direction.
#include <algorithm>
#include <string>

#include "generate/generate.h"

namespace stepreg::generate {

namespace {

constexpr std::size_t kDepth = 50;         // of nested chains; 64 are allowed
constexpr std::size_t kTestsPerFile = 20;  // of configurations with many tests
constexpr const char* kNone = "";

class OddWriter {
 public:
  explicit OddWriter(const Put& put) : put_(put) {}

  void step(const std::string& name, const std::string& env) {
    registry(name, "ref",
             "ref:\n  as: " + name + "\n  from: cli\n  commands: " + name +
                 "-commands.sh\n  resources:\n    requests:\n      cpu: 10m\n" + env);
    put_({kRegistryFolder + name + "/" + name + "-commands.sh",
          "#!/bin/bash\necho \"" + name + "\"\n"});
  }

  void chain(const std::string& name, const std::string& entries, const std::string& env) {
    registry(name, "chain", "chain:\n  as: " + name + "\n  steps:\n" + entries + env);
  }

  // `settings` stand beside the phase, 4 blanks in.
  void workflow(const std::string& entries, const std::string& settings) {
    registry("odd", "workflow", "workflow:\n  as: odd\n  steps:\n    test:\n" + entries + settings);
  }

  // `count` tests of the workflow; `settings` are below their `steps`.
  void tests(std::size_t count, const std::string& settings) {
    for (std::size_t first = 0; first < count; first += kTestsPerFile) {
      const std::string branch = "b" + std::to_string(first / kTestsPerFile);
      std::string text = "resources:\n  '*':\n    requests:\n      cpu: 10m\ntests:\n";
      for (std::size_t i = first; i < std::min(count, first + kTestsPerFile); ++i) {
        text +=
            "- as: e2e-" + std::to_string(i) + "\n  steps:\n" + settings + "    workflow: odd\n";
      }
      text += "zz_generated_metadata:\n  branch: " + branch + "\n  org: acme\n  repo: odd\n";
      put_({std::string(kConfigFolder) + "acme/odd/acme-odd-" + branch + ".yaml", std::move(text)});
    }
  }

 private:
  void registry(const std::string& name, const std::string& kind, std::string text) {
    put_({kRegistryFolder + name + "/" + name + "-" + kind + ".yaml", std::move(text)});
  }

  const Put& put_;
};

std::string numbered(const char* stem, std::size_t i) {
  return stem + std::to_string(i);
}

std::string parameter(const char* name, const char* value) {
  return std::string("  env:\n  - name: ") + name + "\n    default: \"" + value + "\"\n";
}

// Towers of chains; every chain has a step of its own and the chain below.
void long_chains(std::size_t count, OddWriter& out) {
  std::string entries;
  for (std::size_t i = 0; i < count; ++i) {
    out.step(numbered("s", i), kNone);
    std::string below = "  - ref: " + numbered("s", i) + "\n";
    if (i % kDepth != 0) below += "  - chain: " + numbered("c", i - 1) + "\n";
    out.chain(numbered("c", i), below, kNone);
    if (i % kDepth == kDepth - 1 || i + 1 == count)
      entries += "    - chain: " + numbered("c", i) + "\n";
  }
  out.workflow(entries, kNone);
  out.tests(1, kNone);
}

void wide_workflow(std::size_t count, OddWriter& out) {
  std::string entries;
  for (std::size_t i = 0; i < count; ++i) {
    out.step(numbered("s", i), parameter(numbered("P", i).c_str(), "1"));
    entries += "    - ref: " + numbered("s", i) + "\n";
  }
  out.workflow(entries, kNone);
  out.tests(1, kNone);
}

void one_workflow(std::size_t count, OddWriter& out) {
  std::string entries;
  for (std::size_t i = 0; i < 17; ++i) {
    out.step(numbered("s", i), parameter(numbered("P", i).c_str(), "1"));
    entries += "    - ref: " + numbered("s", i) + "\n";
  }
  out.workflow(entries, kNone);
  out.tests(count, "    env:\n      P0: \"2\"\n");
}

void same_parameter(std::size_t count, OddWriter& out) {
  std::string chained;
  std::string entries;
  for (std::size_t i = 0; i < count; ++i) {
    out.step(numbered("s", i), parameter("SAME", "1"));
    const std::string ref = "- ref: " + numbered("s", i) + "\n";
    i % 2 == 0 ? chained += "  " + ref : entries += "    " + ref;
  }
  out.chain("c", chained, parameter("SAME", "2"));
  out.workflow("    - chain: c\n" + entries, "    env:\n      SAME: \"3\"\n");
  out.tests(2, "    env:\n      SAME: \"4\"\n");
}

}  // namespace

void generate_odd(OddShape shape, std::size_t count, const Put& put) {
  OddWriter out(put);
  put_settings(put);
  switch (shape) {
    case OddShape::long_chains:
      return long_chains(count, out);
    case OddShape::wide_workflow:
      return wide_workflow(count, out);
    case OddShape::one_workflow:
      return one_workflow(count, out);
    case OddShape::same_parameter:
      return same_parameter(count, out);
  }
}

}  // namespace stepreg::generate
