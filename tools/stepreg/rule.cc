// `stepreg rule NAME`: one rule explained.
#include <CLI/CLI.hpp>
#include <array>
#include <memory>

#include "base/text.h"
#include "commands.h"
#include "common/options.h"
#include "render/rules.h"

namespace stepreg::tool {

namespace {

struct RuleOptions {
  std::string name;
  std::string output = "text";
  ColourChoice colour = ColourChoice::automatic;
};

constexpr std::array<std::string_view, 2> kOutputs{"text", "json"};

void explain(const RuleOptions& options, Context& context) {
  RuleId id{0};
  if (!find_rule(options.name, id)) {
    const std::string_view guess = guess_rule(options.name);
    fail_usage(context, "there is no rule " + stepreg::quoted(options.name) +
                            (guess.empty() ? "; `stepreg rules` lists them"
                                           : "; did you mean " + stepreg::quoted(guess) + "?"));
    return;
  }
  print(options.output == "json" ? rule_json(id.info())
                                 : rule_text(id.info(), wants_colour(options.colour, 1)));
}

}  // namespace

void add_rule(CLI::App& app, Context& context) {
  const auto options = std::make_shared<RuleOptions>();
  CLI::App* command = app.add_subcommand("rule", "Explain a rule, with a bad and a good example");
  command->add_option("NAME", options->name, "Code or name of a rule")->required();
  add_output_option(*command, options->output, kOutputs);
  add_colour_option(*command, options->colour);
  command->callback([options, &context] { explain(*options, context); });
}

}  // namespace stepreg::tool
