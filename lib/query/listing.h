// Lists of components and tests, as rows of named fields.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "query/scan.h"

namespace stepreg::query {

using Cell = std::variant<std::monostate, std::string, std::int64_t, bool>;

struct Listing {
  std::vector<std::string> fields;
  std::vector<std::string> ids;  // of the rows
  std::vector<std::vector<Cell>> rows;
};

struct Field {
  const char* name;
  const char* text;    // what it says
  bool shown = false;  // without --fields
};
const std::vector<Field>& component_fields();
const std::vector<Field>& test_fields();

// `patterns` are matched against id and name; empty: all. The field "tests" makes every test be
// resolved. Rows by kind and name.
struct ComponentQuery {
  std::vector<std::string> patterns;
  std::vector<std::string> kinds;  // "ref", "chain", ...; empty: all
  std::vector<std::string> fields;
};
Listing list_components(const load::Project& project, const ComponentQuery& query, const Sink& like,
                        std::vector<std::string>& incomplete);

// Rows in the order of the configurations.
Listing list_tests(const load::Project& project, const ScanOptions& options,
                   const std::vector<std::string>& fields, const Sink& like,
                   std::vector<std::string>& incomplete);

// By a field of the listing, stable; "-FIELD": descending. False when there is no such field.
bool sort_listing(Listing& listing, const std::string& by);

}  // namespace stepreg::query
