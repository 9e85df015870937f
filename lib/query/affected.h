// Which tests a change affects: those whose plan does something else after it than before.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "query/changes.h"

namespace stepreg::query {

// Why a test is affected: a changed file, and the components from it to the test.
struct Reason {
  ChangedFile file;
  std::vector<std::string> path;  // from the changed component outwards; empty: the test itself
};

struct AffectedTest {
  ChangeKind change = ChangeKind::modified;  // of the test: changed, new, gone
  std::string id;
  std::string config;    // path of the configuration: after the change, or before it if gone
  bool partial = false;  // the plan of either version is partial: the test has errors
  Reason reason;
};

struct Affected {
  std::vector<AffectedTest> tests;  // by path of the configuration, then as in the file
  Changes changes;
  std::size_t compared = 0;  // tests that were resolved to find them
};

// Both projects must be open. Complete: a test that is not named has the same plan in both. What
// cannot be read in a version counts as missing there; `like` gives the severities only.
Affected find_affected(const load::Project& before, const load::Project& after, Sink& sink);

}  // namespace stepreg::query
