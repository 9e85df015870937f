// Why a step of a test gets a value: who set it, and who else tried to.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/settings.h"
#include "query/scan.h"
#include "resolve/origin.h"

namespace stepreg::query {

// What one place says.
struct Level {
  std::optional<std::string> value;  // nullopt: named there, but without a value
  plan::Origin origin;               // as plans say it: paths relative to their tree
  Location at;                       // as the user sees it, with the text of the line
  // Of limits: which setting it is ("timeouts.step"); "allows": it is no value but permits one.
  std::string rule;
  bool wins = false;
};

// One thing about a step, with everybody who has a say in it: the outermost first for values, the
// strongest first for limits.
struct Fact {
  std::string kind;  // "parameter", "dependency", "lease", "limit", "image", "script", "flag", ...
  std::string name;
  std::optional<std::string> value;  // in effect; nullopt: nobody set it
  std::string note;                  // what to know about it; usually empty
  std::vector<Level> levels;         // exactly one wins, unless nothing is set
};

struct ExplainedStep {
  std::string phase;  // "pre", "test", "post", or "observer"
  std::string name;
  std::vector<std::string> path;  // as in a plan
  Location at;                    // the component, or the entry of a step written in place
  std::vector<Fact> facts;
};

struct Explanation {
  std::string test;
  std::string subject;  // the variable's or step's name
  std::vector<ExplainedStep> steps;
  std::vector<std::string> problems;  // why it may be wrong: errors of the test
};

struct ExplainInput {
  const resolve::Origins& origins;
  const RunSettings* run = nullptr;
  const resolve::CommandLine* command_line = nullptr;
};

// The steps and observers that read the variable: as a parameter, a dependency or a lease. The test
// should be resolved with `trace`.
Explanation explain_variable(const TestContext& test, const ExplainInput& input,
                             std::string_view variable);
// Everything about the steps of that name (a name may occur once in each phase).
Explanation explain_step(const TestContext& test, const ExplainInput& input, std::string_view name);

// What could have been meant, for guesses and lists.
std::vector<std::string_view> variables_of(const resolve::ResolvedTest& test);
std::vector<std::string_view> steps_of(const resolve::ResolvedTest& test);

}  // namespace stepreg::query
