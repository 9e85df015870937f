// The options that choose tests; the same in every subcommand that has them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "query/filter.h"

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

// NAME=VALUE of the command line, for CommandLine. Throws CLI::ValidationError, which main prints.
std::vector<std::pair<std::string, std::string>> assignments(
    const std::vector<std::string>& arguments);

}  // namespace stepreg::tools
