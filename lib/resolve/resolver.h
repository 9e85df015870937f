// The resolution algorithm of registry.md section 5: workflow and test are merged, chains expanded,
// and every parameter gets the value that the outermost level sets.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "diag/sink.h"
#include "resolve/resolved.h"

namespace stepreg::resolve {

// Values of the command line; they win over everything, as ci-operator's --multi-stage-param and
// --dependency-override-param do.
struct CommandLine {
  std::vector<std::pair<std::string, std::string>> parameters;    // variable, value
  std::vector<std::pair<std::string, std::string>> dependencies;  // variable, pull spec
};

struct Options {
  bool trace = false;  // remember the losers of every value
  const CommandLine* command_line = nullptr;
};

// Resolves a test that has `steps`. What is wrong is reported (SR311 to SR323, SR403 to SR412) and
// the result is marked as failed; the rest of it is still right. `component` is the id that
// findings carry.
ResolvedTest resolve_test(const Registry& registry, const TestEntry& test, const std::string& id,
                          const Options& options, Sink& sink);

// A workflow or chain alone: parameters that only a test can set stay open.
ResolvedTest resolve_workflow(const Registry& registry, const WorkflowComponent& workflow,
                              const Options& options, Sink& sink);
ResolvedTest resolve_chain(const Registry& registry, const ChainComponent& chain,
                           const Options& options, Sink& sink);

}  // namespace stepreg::resolve
