// `stepreg rule NAME`: one rule explained.
#include <CLI/CLI.hpp>
#include <array>
#include <memory>

#include "base/text.h"
#include "common/options.h"
#include "render/rules.h"
#include "stepreg/commands.h"

namespace stepreg::tools {

namespace {

struct RuleOptions {
  std::string name;
  std::string output = "text";
  ColourChoice colour = ColourChoice::automatic;
};

constexpr std::array<std::string_view, 2> kOutputs{"text", "json"};

int explain(const RuleOptions& options) {
  RuleId id{0};
  if (!find_rule(options.name, id)) {
    const std::string_view guess = guess_rule(options.name);
    print_error("stepreg: there is no rule " + in_quotes(options.name) +
                (guess.empty() ? "; `stepreg rules` lists them"
                               : "; did you mean " + in_quotes(guess) + "?") +
                "\n");
    return kUsage;
  }
  print(options.output == "json" ? rule_json(id.info())
                                 : rule_text(id.info(), wants_colour(options.colour, 1)));
  return kClean;
}

}  // namespace

void add_rule(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<RuleOptions>();
  CLI::App* command = app.add_subcommand("rule", "Explain a rule, with a bad and a good example");
  command->add_option("NAME", options->name, "Code or name of a rule")->required();
  add_output_option(*command, options->output, kOutputs);
  add_colour_option(*command, options->colour);
  command->callback([options, &exit_code] { exit_code = explain(*options); });
}

}  // namespace stepreg::tools
