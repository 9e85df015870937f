// The options that choose tests; the same in every subcommand that has them.
#pragma once

#include <string>
#include <vector>

#include "query/filter.h"
#include "resolve/resolver.h"

namespace CLI {
class App;
}

namespace stepreg::tools {

struct FilterOptions {
  std::vector<std::string> uses;
  std::vector<std::string> profiles;
};
void add_filter_options(CLI::App& command, FilterOptions& options);

// False, with a message, when a component does not exist.
bool make_filter(const FilterOptions& options, const Registry& registry, query::Filter& filter);

// The component with that name. False, with a message, when there is none; several of different
// kinds are all given.
bool find_or_complain(const Registry& registry, const std::string& name,
                      std::vector<query::AnyComponent>& found);

// Values that win over everything, as NAME=VALUE.
struct OverrideOptions {
  std::vector<std::string> parameters;
  std::vector<std::string> dependencies;

  resolve::CommandLine values() const;  // throws CLI::ValidationError, which main prints
};
void add_override_options(CLI::App& command, OverrideOptions& options);

}  // namespace stepreg::tools
