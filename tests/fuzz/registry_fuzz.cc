// A small registry with configurations and settings: it can be judged, the judgement is stable, and
// what is accepted can be resolved to a plan. memory_tree.h says how one input holds many files.
#include "base/check.h"
#include "fuzz.h"
#include "judged.h"
#include "places.h"
#include "plan/json.h"
#include "render/findings.h"
#include "resolve/plan_builder.h"

namespace stepreg::fuzz {

namespace {

bool has_error(const std::vector<Diagnostic>& findings) {
  for (const Diagnostic& finding : findings) {
    if (finding.severity == Severity::error) return true;
  }
  return false;
}

void check_plan(const plan::Plan& plan) {
  CHECK(!plan.partial && plan.problems.empty());
  // Of a path that is not UTF-8 the JSON is all that can be compared.
  const std::string text = plan::to_json(plan, plan::Style::line);
  const plan::Parsed again = plan::from_json(text);
  CHECK(again.problems.empty());
  CHECK(plan::to_json(again.plan, plan::Style::line) == text);
}

// What was accepted has a plan, without a word more.
void check_resolves(const Judged& judged) {
  const load::Project& project = judged.project();
  const SeverityTable severities(Profile::strict);
  const resolve::Origins origins("registry", "config", "");
  for (const std::string& path : project.config_paths) {
    Sink sink(severities);
    const auto config = load::load_config(*project.config_files, path, sink);
    CHECK(config != nullptr);
    for (const Located<TestEntry>& test : config->config.tests) {
      if (!test->steps.present()) continue;
      const std::string id = config->test_id(*test->as);
      const auto resolved =
          resolve::resolve_test(*project.registry, *test, id, {.trace = true}, sink);
      CHECK(!resolved.failed);
      CHECK(!has_error(sink.findings()));
      resolve::PlanInput input{*project.registry, origins};
      input.run = judged.run();
      input.config = config.get();
      check_plan(resolve::build_plan(resolved, id, input, {}));
    }
  }
}

// A workflow or chain alone resolves to something, whatever is wrong with it.
void resolve_components(const load::Project& project) {
  const SeverityTable severities;
  Sink sink(severities);
  const resolve::Origins origins("registry", "config", "");
  const resolve::PlanInput input{*project.registry, origins};
  for (const auto& workflow : project.registry->workflows.all) {
    const auto resolved = resolve::resolve_workflow(*project.registry, *workflow, {}, sink);
    plan::to_json(resolve::build_plan(resolved, "workflow/" + workflow->name, input, {}),
                  plan::Style::line);
  }
  for (const auto& chain : project.registry->chains.all) {
    const auto resolved = resolve::resolve_chain(*project.registry, *chain, {}, sink);
    plan::to_json(resolve::build_plan(resolved, "chain/" + chain->name, input, {}),
                  plan::Style::line);
  }
}

// One format for each input: together the inputs see them all.
void check_rendering(const Judged& judged, std::size_t number) {
  const auto names = findings_format_names();
  const auto format = findings_format(names[number % names.size()]);
  Report report;
  report.findings = judged.findings();
  report.sources = judged.sources();
  const std::string text = render_findings(*format, report, {.colour = number % 2 == 0});
  CHECK(text.empty() || text.ends_with('\n'));
  CHECK(text.find('\0') == std::string::npos);
}

void try_text(std::string_view text) {
  const Texts texts = texts_of(text);
  const Judged judged(texts);
  for (const Diagnostic& finding : judged.strict()) check_places(finding, judged.sources());
  for (const Diagnostic& finding : judged.findings()) check_places(finding, judged.sources());
  CHECK(judged.printed() == Judged(texts).printed());
  check_rendering(judged, text.size());
  resolve_components(judged.project());
  if (!has_error(judged.strict())) check_resolves(judged);
}

}  // namespace

}  // namespace stepreg::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  stepreg::fuzz::try_text(stepreg::fuzz::text_of(data, size));
  return 0;
}
