// `stepreg rules`: all rules, for people, programs, and as the reference page.
#include <CLI/CLI.hpp>
#include <array>
#include <memory>

#include "commands.h"
#include "common/options.h"
#include "render/rules.h"

namespace stepreg::tool {

namespace {

constexpr std::array<std::string_view, 3> kOutputs{"table", "json", "markdown"};

}  // namespace

void add_rules(CLI::App& app, Context&) {
  const auto output = std::make_shared<std::string>("table");
  CLI::App* command = app.add_subcommand("rules", "List all rules");
  add_output_option(*command, *output, kOutputs);
  command->callback([output] {
    print(*output == "json"       ? rules_json()
          : *output == "markdown" ? rules_markdown()
                                  : rules_table());
  });
}

}  // namespace stepreg::tool
