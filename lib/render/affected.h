// Affected tests for people and for programs.
#pragma once

#include <string>
#include <vector>

#include "query/affected.h"

namespace stepreg::render {

// What was compared, as the user named it; "" for the work tree.
struct ComparedVersions {
  std::string base;
  std::string head;
  std::vector<std::string>
      problems;  // what could not be read, one line each: the result is partial
};

// One line a test: its id, what happened to it, and why.
std::string affected_table(const query::Affected& affected);
// The ids of tests that exist after the change, one a line, each once.
std::string affected_names(const query::Affected& affected);
// schemas/stepreg.affected.schema.json; indented.
std::string affected_json(const query::Affected& affected, const ComparedVersions& versions);
// The same in lines: first the document without its tests, then one test a line.
std::string affected_json_lines(const query::Affected& affected, const ComparedVersions& versions);

}  // namespace stepreg::render
