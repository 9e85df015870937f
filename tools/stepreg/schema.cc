// stepreg schema: the JSON Schemas, offline.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "base/text.h"
#include "common/terminal.h"
#include "render/embedded_schemas.h"
#include "render/schema.h"
#include "render/table.h"
#include "stepreg/commands.h"

namespace stepreg::tools {

namespace {

bool is_of_input(std::string_view name) {
  const auto names = render::schema_names();
  return std::any_of(names.begin(), names.end(),
                     [&](const auto& each) { return each.name == name; });
}

std::string list() {
  render::Table table;
  table.row({"files that people write:"});
  for (const render::SchemaName& each : render::schema_names()) {
    table.row({"  " + std::string(each.name), std::string(each.files)});
  }
  std::string text = table.text();
  table = {};
  table.row({"what the programs write:"});
  for (const render::EmbeddedSchema& each : render::embedded_schemas()) {
    if (is_of_input(each.name)) continue;
    table.row({"  " + std::string(each.name), std::string(each.title)});
  }
  return text + table.text();
}

int print_schema(const std::string& name) {
  if (name.empty()) {
    print(list());
    return kClean;
  }
  std::vector<std::string_view> names;
  for (const render::EmbeddedSchema& each : render::embedded_schemas()) {
    names.push_back(each.name);
    if (each.name != name) continue;
    print(is_of_input(name) ? render::input_schema(name) : each.text);
    return kClean;
  }
  const std::string_view guess = best_guess(name, names);
  print_error("stepreg: there is no schema " + in_quotes(name) +
              (guess.empty() ? "; `stepreg schema` lists them"
                             : "; did you mean " + in_quotes(guess) + "?") +
              "\n");
  return kUsage;
}

}  // namespace

void add_schema(CLI::App& app, int& exit_code) {
  auto name = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand(
      "schema", "Print the JSON Schema of a kind of file or output; without NAME list them");
  command->add_option("name", *name, "ref, workflow, config, plan, findings, ...")
      ->type_name("NAME");
  command->callback([name, &exit_code] { exit_code = print_schema(*name); });
}

}  // namespace stepreg::tools
