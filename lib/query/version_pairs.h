// The tests of two versions of a project, side by side.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "load/project.h"
#include "plan/plan.h"
#include "query/changes.h"

namespace stepreg::query {

// A test in both versions, or in one.
struct TestPair {
  std::string config;  // path of its configuration: after, or before when it is gone
  std::string id;
  std::size_t order = 0;       // place in its configuration
  bool entry_differs = false;  // what the configuration says of the test, or of itself
  std::optional<plan::Plan> before, after;
};

// Which tests are wanted, by id and path of the configuration; empty: all.
using TestFilter = std::function<bool(const std::string& id, const std::string& config)>;

// Resolves in parallel every test that `changes` can have altered, and hands on what it comes to,
// in the order of the configurations; tests that are new or gone come last, and one that went from
// file to file under its old id is one pair. Whoever is not handed on has the same plan in both
// versions, but for origins. Findings of reading the configurations that differ go to `sink`, as
// some of their tests may be missing.
void each_test_pair(const load::Project& before, const load::Project& after, const Changes& changes,
                    const TestFilter& wanted, Sink& sink,
                    const std::function<void(TestPair&&)>& consume);

}  // namespace stepreg::query
