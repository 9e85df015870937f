// stepreg uses: who uses a component or a variable.
#include <CLI/CLI.hpp>
#include <memory>

#include "base/text.h"
#include "query/uses.h"
#include "render/query_json.h"
#include "render/query_text.h"
#include "stepreg/findings_out.h"
#include "stepreg/query_command.h"

namespace stepreg::tools {

namespace {

struct UsesOptions {
  load::ProjectOptions project;
  std::string name;
  bool all = false;
  QueryFormat format = QueryFormat::text;
};

int components(const QueryCommand& command, const UsesOptions& options,
               const std::vector<query::AnyComponent>& found) {
  std::vector<query::ComponentUses> uses;
  std::vector<std::string> incomplete;
  for (const query::AnyComponent& component : found) {
    auto answer = query::uses_of_component(command.project(), component, command.like());
    // All of one name have the same tests, and so the same gaps.
    if (incomplete.empty()) complain(std::move(answer.findings));
    incomplete = std::move(answer.incomplete);
    uses.push_back(std::move(answer.value));
  }
  const auto text = [&] {
    std::string out;
    for (const query::ComponentUses& each : uses) {
      out += (out.empty() ? "" : "\n") + render::uses_text(each, options.all);
    }
    return out;
  };
  const auto json = [&] { return render::uses_json(uses, incomplete); };
  return command.answer(in_format(options.format, text, json), incomplete);
}

int complain_unknown(const QueryCommand& command, const std::string& name) {
  const auto variables = query::declared_variables(command.registry());
  const std::vector<std::string_view> names(variables.begin(), variables.end());
  std::string guess(best_guess(name, names));
  if (guess.empty()) guess = query::guess_component(command.registry(), name);
  complain("no component and no variable is called " + in_quotes(name),
           guess.empty() ? "" : "did you mean " + in_quotes(guess) + "?");
  return kUsage;
}

int run(const UsesOptions& options) {
  QueryCommand command(options.project);
  if (!command.open()) return kUsage;
  const auto found = query::find_components(command.registry(), options.name);
  if (!found.empty()) return components(command, options, found);
  if (options.name.find('/') != std::string::npos) return complain_unknown(command, options.name);
  auto answer = query::uses_of_variable(command.project(), options.name, command.like());
  if (answer.value.is_unknown()) return complain_unknown(command, options.name);
  complain(std::move(answer.findings));
  const auto text = [&] { return render::uses_text(answer.value, options.all); };
  const auto json = [&] { return render::uses_json(answer.value, answer.incomplete); };
  return command.answer(in_format(options.format, text, json), answer.incomplete);
}

}  // namespace

void add_uses(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<UsesOptions>();
  CLI::App* command =
      app.add_subcommand("uses", "Print who uses a component, or who sets and reads a variable");
  command->footer(
      "Examples:\n"
      "  stepreg uses chain/install       components and tests that use it\n"
      "  stepreg uses CLUSTER_SIZE        who declares, sets and reads it, with which values");
  command
      ->add_option("name", options->name,
                   "ref/NAME, chain/NAME, workflow/NAME, observer/NAME, NAME, or a variable")
      ->required()
      ->type_name("NAME");
  command->add_flag("--all", options->all, "Name every test, not only the first few (text)");
  add_query_format(*command, options->format);
  add_project_options(*command, options->project);
  command->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace stepreg::tools
