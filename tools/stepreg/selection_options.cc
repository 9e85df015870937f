#include "stepreg/selection_options.h"

#include <CLI/CLI.hpp>

#include "base/text.h"
#include "stepreg/findings_out.h"

namespace stepreg::tools {

namespace {

std::vector<std::pair<std::string, std::string>> assignments(
    const std::vector<std::string>& arguments) {
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const std::string& argument : arguments) {
    const std::size_t equals = argument.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw CLI::ValidationError("expected NAME=VALUE instead of " + argument);
    }
    pairs.emplace_back(argument.substr(0, equals), argument.substr(equals + 1));
  }
  return pairs;
}

}  // namespace

void add_filter_options(CLI::App& command, FilterOptions& options) {
  command
      .add_option("--uses", options.uses,
                  "Only tests that use this component: workflow/NAME, chain/NAME, ref/NAME, "
                  "observer/NAME")
      ->type_name("NAME");
  command
      .add_option("--cluster-profile", options.profiles,
                  "Only tests with this cluster profile (* and ? allowed)")
      ->type_name("NAME");
}

bool find_or_complain(const Registry& registry, const std::string& name,
                      std::vector<query::AnyComponent>& found) {
  found = query::find_components(registry, name);
  if (!found.empty()) return true;
  const std::string guess = query::guess_component(registry, name);
  complain("no component is called " + in_quotes(name),
           guess.empty() ? "" : "did you mean " + in_quotes(guess) + "?");
  return false;
}

bool make_filter(const FilterOptions& options, const Registry& registry, query::Filter& filter) {
  filter.profiles = options.profiles;
  for (const std::string& name : options.uses) {
    std::vector<query::AnyComponent> found;
    if (!find_or_complain(registry, name, found)) return false;
    filter.uses.insert(filter.uses.end(), found.begin(), found.end());
  }
  return true;
}

void add_override_options(CLI::App& command, OverrideOptions& options) {
  command
      .add_option("--multi-stage-param", options.parameters,
                  "Set a parameter: it wins over everything")
      ->type_name("NAME=VALUE");
  command
      .add_option("--dependency-override-param", options.dependencies,
                  "Set the pull spec of a dependency's variable")
      ->type_name("NAME=VALUE");
}

resolve::CommandLine OverrideOptions::values() const {
  return {assignments(parameters), assignments(dependencies)};
}

}  // namespace stepreg::tools
