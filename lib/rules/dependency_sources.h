// Whether the images that steps depend on exist in a configuration (registry.md 4.11).
#pragma once

#include <string>
#include <string_view>

#include "diag/rule_table.h"
#include "model/config.h"

namespace stepreg::rules {

// What is wrong with the image of a dependency, in words that follow "the dependency `X` of ...".
struct SourceProblem {
  RuleId rule;
  std::string text;
  std::string hint;
};

// Finds the problem of the image `name` in a test of `config`; true when there is one.
// `overridden`: its pull spec is replaced, so the image need not be built.
bool find_source_problem(const Config& config, const TestEntry& test, std::string_view name,
                         bool overridden, SourceProblem& problem);

}  // namespace stepreg::rules
