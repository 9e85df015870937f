// stepreg resolve: what tests resolve to.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <map>
#include <memory>

#include "base/text.h"
#include "plan/json.h"
#include "query/select.h"
#include "render/plan_text.h"
#include "resolve/plan_builder.h"
#include "stepreg/commands.h"
#include "stepreg/project_options.h"

namespace stepreg::tools {

namespace {

enum class Format { table, wide, name, path, json, jsonl };

const std::map<std::string, Format> kFormats = {{"table", Format::table}, {"wide", Format::wide},
                                                {"name", Format::name},   {"path", Format::path},
                                                {"json", Format::json},   {"jsonl", Format::jsonl}};

struct Options {
  load::ProjectOptions project;
  std::vector<std::string> selection;
  bool all = false;
  bool bundle = false;
  Format format = Format::table;
  resolve::CommandLine command_line;
  std::vector<std::string> parameters;
  std::vector<std::string> dependencies;
};

// What one configuration gives: text to print and how many tests it was made of.
struct Output {
  std::string text;
  std::size_t tests = 0;
  bool failed = false;
};

class ResolveCommand {
 public:
  explicit ResolveCommand(const Options& options) : options_(options) {}
  int run();

 private:
  std::string render(const plan::Plan& plan, const std::string& path) const;
  Output resolve_config(const load::LoadedConfig& config, Sink& sink) const;
  void resolve_component(const std::string& name);
  void print(const Output& output);
  void complain(const std::vector<Diagnostic>& findings);
  resolve::PlanInput plan_input(const load::LoadedConfig* config) const;

  const Options& options_;
  SeverityTable severities_{Profile::recommended};
  Sink sink_{severities_};
  load::Project project_;
  std::unique_ptr<resolve::Origins> origins_;
  query::Selection selection_;
  std::size_t printed_ = 0;
  bool failed_ = false;
};

std::string ResolveCommand::render(const plan::Plan& plan, const std::string& path) const {
  switch (options_.format) {
    case Format::name:
      return plan.job.id + "\n";
    case Format::path:
      return path + "\n";
    case Format::json:
      return plan::to_json(plan, plan::Style::pretty);
    case Format::jsonl:
      return plan::to_json(plan, plan::Style::line) + "\n";
    case Format::table:
      return render::plan_text(plan, false);
    case Format::wide:
      break;
  }
  return render::plan_text(plan, true);
}

resolve::PlanInput ResolveCommand::plan_input(const load::LoadedConfig* config) const {
  resolve::PlanInput input{*project_.registry, *origins_};
  const auto& run = project_.settings->settings.run;
  if (run.present()) input.run = &*run;
  input.config = config;
  input.command_line = &options_.command_line;
  input.bundle = options_.bundle;
  return input;
}

// The errors among findings, one line each.
std::vector<std::string> problems_of(const std::vector<Diagnostic>& findings, std::size_t from) {
  std::vector<std::string> problems;
  for (std::size_t i = from; i < findings.size(); ++i) {
    if (findings[i].severity == Severity::error) problems.push_back(findings[i].message);
  }
  return problems;
}

Output ResolveCommand::resolve_config(const load::LoadedConfig& config, Sink& sink) const {
  Output output;
  const resolve::Options options{true, &options_.command_line};
  for (const Located<TestEntry>& test : config.config.tests) {
    if (!test->steps.present()) continue;
    if (!options_.all && !selection_.selects(config, *test->as)) continue;
    const std::string id = config.test_id(*test->as);
    const std::size_t before = sink.findings().size();
    const auto resolved = resolve::resolve_test(*project_.registry, *test, id, options, sink);
    output.failed |= resolved.failed;
    ++output.tests;
    const auto plan = resolve::build_plan(resolved, id, plan_input(&config),
                                          problems_of(sink.findings(), before));
    output.text += render(plan, config.source->path());
    if (options_.format == Format::table || options_.format == Format::wide) output.text += "\n";
  }
  return output;
}

void ResolveCommand::resolve_component(const std::string& name) {
  const resolve::Options options{true, &options_.command_line};
  const std::size_t slash = name.find('/');
  const std::string_view kind = std::string_view(name).substr(0, slash);
  const std::string_view own = std::string_view(name).substr(slash + 1);
  const Registry& registry = *project_.registry;
  resolve::ResolvedTest resolved;
  std::string path;
  if (const auto* workflow = kind == "workflow" ? registry.workflows.find(own) : nullptr) {
    resolved = resolve::resolve_workflow(registry, *workflow, options, sink_);
    path = workflow->path;
  } else if (const auto* chain = kind == "chain" ? registry.chains.find(own) : nullptr) {
    resolved = resolve::resolve_chain(registry, *chain, options, sink_);
    path = chain->path;
  } else {
    std::fprintf(stderr, "stepreg: the %s %s does not exist\n", std::string(kind).c_str(),
                 quoted(own).c_str());
    failed_ = true;
    return;
  }
  failed_ |= resolved.failed;
  const auto plan = resolve::build_plan(resolved, name, plan_input(nullptr), {});
  print({render(plan, path), 1, resolved.failed});
}

void ResolveCommand::print(const Output& output) {
  std::fwrite(output.text.data(), 1, output.text.size(), stdout);
  printed_ += output.tests;
  failed_ |= output.failed;
}

void ResolveCommand::complain(const std::vector<Diagnostic>& findings) {
  for (const Diagnostic& finding : findings) {
    if (finding.severity != Severity::error) continue;
    std::fprintf(stderr, "%s:%u:%u: error: %s [%s]\n", finding.at.path.c_str(), finding.at.line,
                 finding.at.column, finding.message.c_str(),
                 std::string(finding.rule.info().name).c_str());
    if (!finding.hint.empty()) std::fprintf(stderr, "  %s\n", finding.hint.c_str());
  }
}

int ResolveCommand::run() {
  if (!open_or_complain(options_.project, project_, sink_)) return kUsage;
  origins_ = std::make_unique<resolve::Origins>(project_.registry_root, project_.configs_root,
                                                project_.settings->directory);
  selection_ = query::Selection(options_.selection, project_);
  for (const std::string& name : selection_.components()) resolve_component(name);
  complain(sink_.take());
  const auto paths = options_.all ? project_.config_paths : selection_.candidate_paths(project_);
  load::map_configs<Output>(
      project_, paths, sink_,
      [this](const load::LoadedConfig& config, Sink& sink) { return resolve_config(config, sink); },
      [this](Output&& output, Sink&& sink) {
        print(output);
        if (output.tests > 0 || options_.all) complain(sink.take());
      });
  if (printed_ == 0 && !failed_) {
    std::fprintf(stderr, "stepreg: no multi-stage test is selected\n");
    return kNothingToDo;
  }
  return failed_ ? kFindings : kClean;
}

// NAME=VALUE of the command line; CLI11 prints what it throws.
std::vector<std::pair<std::string, std::string>> assignments(
    const std::vector<std::string>& arguments) {
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const std::string& argument : arguments) {
    const std::size_t equals = argument.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw CLI::ValidationError("expected NAME=VALUE instead of " + argument);
    }
    pairs.emplace_back(argument.substr(0, equals), argument.substr(equals + 1));
  }
  return pairs;
}

}  // namespace

void add_resolve(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("resolve", "Print what tests resolve to");
  command->footer(
      "Examples:\n"
      "  stepreg resolve acme/shop@main:e2e              one test, as a table\n"
      "  stepreg resolve 'acme/*:e2e-*' -o name          names of many\n"
      "  stepreg resolve --all -o jsonl                  all, one plan a line\n"
      "  stepreg resolve workflow/install                a workflow alone: open parameters are "
      "shown\n"
      "  stepreg resolve acme/shop@main:e2e -o json --bundle | steprun run -");
  command->add_option(
      "selection", options->selection,
      "Ids of tests (with * and ?), paths of configurations, workflow/NAME, chain/NAME");
  command->add_flag("--all", options->all, "All tests of all configurations");
  command->add_option("-o,--output", options->format, "table, wide, name, path, json or jsonl")
      ->transform(CLI::CheckedTransformer(kFormats, CLI::ignore_case))
      ->type_name("FORMAT");
  command->add_flag("--bundle", options->bundle,
                    "Embed all scripts, so that the plan runs anywhere");
  command
      ->add_option("--multi-stage-param", options->parameters,
                   "Set a parameter: it wins over everything")
      ->type_name("NAME=VALUE");
  command
      ->add_option("--dependency-override-param", options->dependencies,
                   "Set the pull spec of a dependency's variable")
      ->type_name("NAME=VALUE");
  add_project_options(*command, options->project);
  command->callback([options, &exit_code] {
    options->command_line = {assignments(options->parameters), assignments(options->dependencies)};
    if (options->selection.empty() && !options->all) {
      throw CLI::ValidationError("name a test, a configuration or a component, or say --all");
    }
    exit_code = ResolveCommand(*options).run();
  });
}

}  // namespace stepreg::tools
