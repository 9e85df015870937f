// stepreg show: one component.
#include <CLI/CLI.hpp>
#include <memory>

#include "render/query_json.h"
#include "render/query_text.h"
#include "stepreg/query_command.h"
#include "stepreg/selection_options.h"

namespace stepreg::tools {

namespace {

struct ShowOptions {
  load::ProjectOptions project;
  std::string name;
  bool no_script = false;
  QueryFormat format = QueryFormat::text;
};

int run(const ShowOptions& options) {
  QueryCommand command(options.project);
  if (!command.open()) return kUsage;
  std::vector<query::AnyComponent> found;
  if (!find_or_complain(command.registry(), options.name, found)) return kUsage;
  std::vector<query::Description> descriptions;
  for (const query::AnyComponent& component : found) {
    descriptions.push_back(query::describe(command.registry(), component, command.like()));
  }
  const auto text = [&] {
    std::string out;
    for (const query::Description& each : descriptions) {
      out += (out.empty() ? "" : "\n") + render::description_text(each, !options.no_script);
    }
    return out;
  };
  return command.answer(
      in_format(options.format, text, [&] { return render::descriptions_json(descriptions); }), {});
}

}  // namespace

void add_show(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<ShowOptions>();
  CLI::App* command = app.add_subcommand(
      "show", "Print a component: documentation, parameters, contents, users, script");
  command
      ->add_option("name", options->name,
                   "ref/NAME, chain/NAME, workflow/NAME, observer/NAME, or NAME for all of them")
      ->required()
      ->type_name("NAME");
  command->add_flag("--no-script", options->no_script, "Leave out the script's text (text)");
  add_query_format(*command, options->format);
  add_project_options(*command, options->project);
  command->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace stepreg::tools
