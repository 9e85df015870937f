// `stepreg rules`: all rules, for people, programs, and as the reference page.
#include <CLI/CLI.hpp>
#include <array>
#include <memory>

#include "common/options.h"
#include "render/rules.h"
#include "stepreg/commands.h"

namespace stepreg::tools {

namespace {

constexpr std::array<std::string_view, 3> kRulesOutputs{"table", "json", "markdown"};

}  // namespace

void add_rules(CLI::App& app, int& exit_code) {
  const auto output = std::make_shared<std::string>("table");
  CLI::App* command = app.add_subcommand("rules", "List all rules");
  add_output_option(*command, *output, kRulesOutputs);
  command->callback([output, &exit_code] {
    print(*output == "json"       ? rules_json()
          : *output == "markdown" ? rules_markdown()
                                  : rules_table());
    exit_code = kClean;
  });
}

}  // namespace stepreg::tools
