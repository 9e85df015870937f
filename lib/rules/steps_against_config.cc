#include "rules/steps_against_config.h"

#include "rules/config_rules.h"
#include "rules/image_names.h"

namespace stepreg::rules {

StepsAgainstConfig::StepsAgainstConfig(const TestCheck& test) : test_(test) {}

Diagnostic& StepsAgainstConfig::add(RuleId id, const Step& step, bool in_test, Place in_step,
                                    std::string subject, const std::string& what) {
  const std::string message = "runs the step " + in_quotes(*step.as) + ", " + what;
  Diagnostic& finding = test_.add(id, in_test ? in_step : Place{}, std::move(subject), message);
  if (!in_test) finding.notes.push_back({Location::of(in_step), "the step says so here"});
  return finding;
}

void StepsAgainstConfig::check_imported(const Step& step, bool in_test) {
  const Located<ImageStreamTag>& image = step.from_image;
  if (!image || image->ns->empty() || image->name->empty() || image->tag->empty()) return;
  for (const Definition& definition : test_.file.pipeline_definitions()) {
    if (!is_imported_as(*image, definition.name)) continue;
    const std::string tag = definition.name;
    if (!reported_.insert("image " + tag).second) continue;
    add(rule("SR666"), step, in_test, image.place, tag,
        "whose `from_image` is imported as " + in_quotes(tag) + ", a name that " +
            in_quotes(definition.field) + " defines already")
        .notes.push_back({Location::of(definition.place), "defined here"});
  }
}

void StepsAgainstConfig::check_images(const Step& step, bool in_test) {
  check_imported(step, in_test);
  const std::string_view missing = missing_build_field(test_.file.config(), *step.from);
  if (missing.empty()) return;
  const std::string name(*step.as);
  if (!reported_.insert("step " + name).second) return;
  add(rule("SR644"), step, in_test, step.from.place, name,
      "whose image " + in_quotes(*step.from) + " is not built")
      .hint = "set " + in_quotes(missing) + ", which creates it";
}

void StepsAgainstConfig::check_streams(const Step& step, bool in_test) {
  const std::string_view cli = *step.cli;
  if (!cli.empty() && !has_release(test_.file.config(), test_.test(), cli) &&
      reported_.insert("cli " + std::string(cli)).second) {
    add(rule("SR651"), step, in_test, step.cli.place, std::string(cli),
        "whose `cli` is of the release " + in_quotes(cli) +
            ", which the configuration does not have")
        .hint = "define `releases." + std::string(cli) + "`";
  }
  const std::size_t colon = step.from->find(':');
  if (colon == std::string_view::npos) return;
  const std::string_view stream = step.from->substr(0, colon);
  if (is_stream(stream)) return;
  if (find_entry(test_.file.config().releases, stream) == nullptr) return;
  if (!reported_.insert("stream " + std::string(stream)).second) return;
  add(rule("SR459"), step, in_test, step.from.place, std::string(stream),
      "whose image " + in_quotes(*step.from) + " is in no stream: " + in_quotes(stream) +
          " is the name of a release")
      .hint = "write " + in_quotes("stable-" + std::string(*step.from));
}

void check_literal_images(const TestCheck& check) {
  const TestEntry& test = check.test();
  StepsAgainstConfig steps(check);
  for (const auto* phase : {&test.steps->pre, &test.steps->test, &test.steps->post}) {
    for (const Located<StepEntry>& entry : *phase) {
      if (entry->ref || entry->chain) continue;
      steps.check_images(*entry->literal, true);
    }
  }
  const LiteralMultiStage& literal = *test.literal_steps;
  for (const auto* phase : {&literal.pre, &literal.test, &literal.post}) {
    for (const Located<Step>& step : *phase) {
      steps.check_images(*step, true);
      steps.check_streams(*step, true);
    }
  }
}

void check_test_against_config(const TestCheck& test, const resolve::ResolvedTest& resolved) {
  StepsAgainstConfig steps(test);
  for (const resolve::ResolvedStep& step : resolved.steps) {
    const bool in_test = step.component == nullptr && step.path == resolve::kNoPath;
    if (!in_test) steps.check_images(*step.step, false);
    steps.check_streams(*step.step, in_test);
  }
}

}  // namespace stepreg::rules
