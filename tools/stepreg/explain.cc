// stepreg explain: why a step gets a value.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <optional>

#include "base/text.h"
#include "query/uses.h"
#include "render/query_json.h"
#include "render/query_text.h"
#include "stepreg/findings_out.h"
#include "stepreg/query_command.h"
#include "stepreg/selection_options.h"

namespace stepreg::tools {

namespace {

struct ExplainOptions {
  load::ProjectOptions project;
  std::string test, variable, step;
  resolve::CommandLine command_line;
  OverrideOptions overrides;
  QueryFormat format = QueryFormat::text;
};

// Says who declares the variable in vain, or what may have been meant.
void complain_unknown(const QueryCommand& command, const ExplainOptions& options,
                      const query::TestContext& test) {
  const bool is_step = !options.step.empty();
  const std::string& name = is_step ? options.step : options.variable;
  const auto known = is_step ? query::steps_of(test.resolved) : query::variables_of(test.resolved);
  const std::string_view guess = best_guess(name, known);
  std::string hint = guess.empty() ? "" : "did you mean " + in_quotes(guess) + "?";
  if (!is_step) {
    const auto declared = query::declared_variables(command.registry());
    if (std::binary_search(declared.begin(), declared.end(), name)) {
      hint = "other steps declare it: `stepreg uses " + name + "` names them";
    }
  }
  complain(is_step ? test.id + " has no step " + in_quotes(name)
                   : "no step of " + test.id + " reads " + in_quotes(name),
           hint);
}

// Nullopt: nobody reads the name, and only the whole registry can tell what may have been meant.
std::optional<int> answer(const ExplainOptions& options, const std::string& only_test) {
  QueryCommand command(options.project);
  if (!command.open(only_test)) return kUsage;
  std::optional<int> exit_code = kUsage;
  command.with_test(options.test, &options.command_line, [&](const query::TestContext& test) {
    query::ExplainInput input = command.explain_input();
    input.command_line = &options.command_line;
    const auto explanation = options.step.empty()
                                 ? query::explain_variable(test, input, options.variable)
                                 : query::explain_step(test, input, options.step);
    if (explanation.steps.empty() && command.project().is_partial) return exit_code.reset();
    if (explanation.steps.empty()) return complain_unknown(command, options, test);
    const std::string text = in_format(
        options.format, [&] { return render::explanation_text(explanation); },
        [&] { return render::explanation_json(explanation); });
    exit_code = command.answer(
        text, test.resolved.failed ? std::vector{test.id} : std::vector<std::string>());
  });
  return exit_code;
}

int run(const ExplainOptions& options) {
  const std::optional<int> quick = answer(options, options.test);
  return quick ? *quick : *answer(options, "");
}

}  // namespace

void add_explain(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<ExplainOptions>();
  CLI::App* command = app.add_subcommand(
      "explain", "Print who sets a variable in a test, and who lost; or all about a step");
  command->footer(
      "Examples:\n"
      "  stepreg explain acme/shop@main:e2e CLUSTER_SIZE\n"
      "  stepreg explain acme/shop@main:e2e --step install");
  command->add_option("test", options->test, "ORG/REPO@BRANCH[__VARIANT]:TEST")
      ->required()
      ->type_name("TEST");
  command->add_option("variable", options->variable, "The variable")->type_name("VAR");
  command->add_option("--step", options->step, "Limits, image, flags, leases and values of a step")
      ->type_name("NAME");
  add_override_options(*command, options->overrides);
  add_query_format(*command, options->format);
  add_project_options(*command, options->project);
  command->callback([options, &exit_code] {
    options->command_line = options->overrides.values();
    if (options->variable.empty() == options->step.empty()) {
      throw CLI::ValidationError("name a variable, or a step with --step");
    }
    exit_code = run(*options);
  });
}

}  // namespace stepreg::tools
