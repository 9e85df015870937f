// stepreg schema: the JSON Schemas, offline.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "base/text.h"
#include "render/schema.h"
#include "stepreg/commands.h"

namespace stepreg::tools {

namespace {

int print(const std::string& name) {
  if (name.empty()) {
    for (const render::SchemaName& each : render::schema_names()) {
      std::printf("%-18s %s\n", std::string(each.name).c_str(), std::string(each.files).c_str());
    }
    return kClean;
  }
  const std::string schema = render::input_schema(name);
  if (schema.empty()) {
    std::vector<std::string_view> names;
    for (const render::SchemaName& each : render::schema_names()) names.push_back(each.name);
    const std::string_view guess = best_guess(name, names);
    std::fprintf(stderr, "stepreg: there is no schema %s%s\n", stepreg::quoted(name).c_str(),
                 guess.empty() ? "; `stepreg schema` lists them"
                               : ("; did you mean " + quoted(guess) + "?").c_str());
    return kUsage;
  }
  std::fputs(schema.c_str(), stdout);
  return kClean;
}

}  // namespace

void add_schema(CLI::App& app, int& exit_code) {
  auto name = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand(
      "schema", "Print the JSON Schema of a kind of file; without NAME list them");
  command->add_option("name", *name, "ref, chain, workflow, observer, config, ...")
      ->type_name("NAME");
  command->callback([name, &exit_code] { exit_code = print(*name); });
}

}  // namespace stepreg::tools
