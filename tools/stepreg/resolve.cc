// stepreg resolve: what tests resolve to.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <map>
#include <memory>

#include "base/fs.h"
#include "base/text.h"
#include "common/options.h"
#include "query/scan.h"
#include "render/plans.h"
#include "resolve/plan_builder.h"
#include "stepreg/commands.h"
#include "stepreg/findings_out.h"
#include "stepreg/project_options.h"
#include "stepreg/selection_options.h"
#include "stepreg/stdin_config.h"

namespace stepreg::tools {

namespace {

using render::PlanFormat;

const std::map<std::string, PlanFormat> kResolveFormats = {
    {"table", PlanFormat::table}, {"wide", PlanFormat::wide},    {"name", PlanFormat::name},
    {"path", PlanFormat::path},   {"json", PlanFormat::json},    {"jsonl", PlanFormat::jsonl},
    {"yaml", PlanFormat::yaml},   {"script", PlanFormat::script}};

struct ResolveOptions {
  load::ProjectOptions project;
  std::vector<std::string> selection;
  FilterOptions filter;
  std::string stdin_name = "<stdin>";
  bool all = false;
  bool bundle = false;
  bool script = false;
  PlanFormat format = PlanFormat::table;
  resolve::CommandLine command_line;
  OverrideOptions overrides;

  bool reads_stdin() const { return selection == std::vector<std::string>{"-"}; }
};

class ResolveCommand {
 public:
  explicit ResolveCommand(const ResolveOptions& options) : options_(options) {}
  int run();

 private:
  using Pieces = query::Scanned<std::string>;

  bool open();
  void resolve_component(const std::string& name);
  void resolve_configs();
  void resolve_file(std::unique_ptr<load::LoadedConfig> config, Sink sink);
  std::string piece(const query::TestContext& context) const;
  void take(Pieces&& pieces, Sink&& sink);
  void print(const std::string& piece);
  int finish();
  resolve::PlanInput plan_input(const load::LoadedConfig* config) const;

  const ResolveOptions& options_;
  SeverityTable severities_{Profile::recommended};
  Sink sink_{severities_};
  load::Project project_;
  std::unique_ptr<resolve::Origins> origins_;
  query::Selection selection_;
  std::vector<std::string> files_;  // configurations outside the tree
  query::Filter filter_;
  query::ScanOptions scan_;
  std::unique_ptr<render::PlanWriter> writer_;
  std::size_t printed_ = 0;
  std::vector<std::string> incomplete_;
};

resolve::PlanInput ResolveCommand::plan_input(const load::LoadedConfig* config) const {
  resolve::PlanInput input{*project_.registry, *origins_};
  const auto& run = project_.settings->settings.run;
  if (run.present()) input.run = &*run;
  input.config = config;
  input.command_line = &options_.command_line;
  input.bundle = options_.bundle;
  return input;
}

std::string ResolveCommand::piece(const query::TestContext& context) const {
  const auto plan = resolve::build_plan(context.resolved, context.id, plan_input(&context.config),
                                        context.problems);
  return writer_->piece(plan, context.config.source->path());
}

void ResolveCommand::print(const std::string& piece) {
  const std::string text = writer_->next() + piece;
  std::fwrite(text.data(), 1, text.size(), stdout);
  ++printed_;
}

void ResolveCommand::take(Pieces&& pieces, Sink&& sink) {
  for (const std::string& text : pieces.results) print(text);
  if (!pieces.results.empty() || !pieces.incomplete.empty()) complain(sink.take());
  incomplete_.insert(incomplete_.end(), pieces.incomplete.begin(), pieces.incomplete.end());
}

void ResolveCommand::resolve_component(const std::string& name) {
  std::vector<query::AnyComponent> found;
  if (!find_or_complain(*project_.registry, name, found)) {
    incomplete_.push_back(name);
    return;
  }
  const query::AnyComponent& component = found.front();
  const Registry& registry = *project_.registry;
  const auto resolved =
      component.workflow != nullptr
          ? resolve::resolve_workflow(registry, *component.workflow, scan_.resolve, sink_)
          : resolve::resolve_chain(registry, *component.chain, scan_.resolve, sink_);
  if (resolved.failed) incomplete_.push_back(name);
  std::vector<std::string> problems;
  for (const Diagnostic& finding : sink_.findings()) {
    if (finding.component == name) problems.push_back(finding.message);
  }
  const auto plan = resolve::build_plan(resolved, name, plan_input(nullptr), std::move(problems));
  print(writer_->piece(plan, join_path(project_.registry_root, component.path())));
}

void ResolveCommand::resolve_file(std::unique_ptr<load::LoadedConfig> config, Sink sink) {
  if (!config) {
    complain(sink.take());
    incomplete_.push_back(options_.reads_stdin() ? "standard input" : "a configuration");
    return;
  }
  query::ScanOptions all = scan_;
  all.selection = nullptr;
  auto pieces = query::scan_config<std::string>(*project_.registry, *config, all, sink,
                                                [this](const auto& test) { return piece(test); });
  take(std::move(pieces), std::move(sink));
}

bool ResolveCommand::open() {
  const bool one_test = options_.selection.size() == 1 && !options_.all &&
                        options_.filter.uses.empty() && options_.filter.profiles.empty();
  if (!open_or_complain(options_.project, project_, sink_,
                        one_test ? options_.selection.front() : "")) {
    return false;
  }
  origins_ = std::make_unique<resolve::Origins>(project_.registry_root, project_.configs_root,
                                                project_.settings->directory);
  std::vector<std::string> named;
  for (const std::string& argument : options_.selection) {
    if (argument == "-") continue;
    query::Selection one({argument}, project_);
    const bool is_file = !one.names_path() && argument.ends_with(".yaml") && path_exists(argument);
    (is_file ? files_ : named).push_back(argument);
  }
  selection_ = query::Selection(named, project_);
  if (!make_filter(options_.filter, *project_.registry, filter_)) return false;
  scan_.selection = options_.all || options_.selection.empty() ? nullptr : &selection_;
  scan_.filter = filter_.is_empty() ? nullptr : &filter_;
  scan_.resolve = {true, &options_.command_line};
  const bool one = selection_.is_one() && files_.empty() && !options_.all;
  writer_ = std::make_unique<render::PlanWriter>(
      options_.script ? PlanFormat::script : options_.format, one);
  return true;
}

void ResolveCommand::resolve_configs() {
  query::map_tests<std::string>(
      project_, scan_, sink_, [this](const query::TestContext& test) { return piece(test); },
      [this](Pieces&& pieces, Sink&& sink) { take(std::move(pieces), std::move(sink)); });
}

int ResolveCommand::finish() {
  const std::string end = writer_->end(incomplete_);
  std::fwrite(end.data(), 1, end.size(), stdout);
  if (printed_ == 0 && incomplete_.empty()) {
    complain("no multi-stage test is selected",
             selection_.is_one() ? query::hint_for_test(project_, options_.selection.front()) : "");
    return kNothingToDo;
  }
  if (incomplete_.empty()) return kClean;
  say_incomplete(incomplete_);
  return kFindings;
}

int ResolveCommand::run() {
  if (!open()) return kUsage;
  std::fputs(writer_->begin().c_str(), stdout);
  for (const std::string& name : selection_.components()) resolve_component(name);
  complain(sink_.take());
  for (const std::string& path : files_) {
    Sink sink = sink_.empty_copy();
    auto config = load::load_config(load::DirectoryTree(""), path, sink);
    resolve_file(std::move(config), std::move(sink));
  }
  if (options_.reads_stdin()) {
    Sink sink = sink_.empty_copy();
    auto config = read_stdin_config(project_, options_.stdin_name, sink);
    resolve_file(std::move(config), std::move(sink));
  } else if (scan_.selection == nullptr || selection_.names_tests()) {
    resolve_configs();
  }
  return finish();
}

}  // namespace

void add_resolve(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<ResolveOptions>();
  CLI::App* command = app.add_subcommand("resolve", "Print what tests resolve to");
  command->footer(
      "Examples:\n"
      "  stepreg resolve acme/shop@main:e2e              one test, as a table\n"
      "  stepreg resolve 'acme/*:e2e-*' -o name          names of many\n"
      "  stepreg resolve --all -o jsonl                  all, one plan a line\n"
      "  stepreg resolve --uses chain/ipi-aws -o name    those that run a chain\n"
      "  stepreg resolve - <new.yaml --stdin-filename acme/shop/acme-shop-main.yaml\n"
      "  stepreg resolve workflow/install                a workflow alone: open parameters are "
      "shown\n"
      "  stepreg resolve acme/shop@main:e2e -o json --bundle | steprun run -");
  command->add_option(
      "selection", options->selection,
      "Ids of tests (with * and ?), paths of configurations, workflow/NAME, chain/NAME; - reads a "
      "configuration from standard input");
  command->add_flag("--all", options->all, "All tests of all configurations");
  add_filter_options(*command, options->filter);
  command
      ->add_option("--stdin-filename", options->stdin_name,
                   "The path that the configuration of standard input stands for")
      ->type_name("PATH");
  command
      ->add_option("-o,--output", options->format,
                   "table, wide, name, path, json, jsonl, yaml or script")
      ->transform(choice_of(kResolveFormats))
      ->type_name("FORMAT");
  command->add_flag("--script", options->script,
                    "One shell script that does what the plan does, for reading");
  command->add_flag("--bundle", options->bundle,
                    "Embed all scripts, so that the plan runs anywhere");
  add_override_options(*command, options->overrides);
  add_project_options(*command, options->project);
  command->callback([options, &exit_code] {
    options->command_line = options->overrides.values();
    const FilterOptions& filter = options->filter;
    if (options->selection.empty() && !options->all && filter.uses.empty() &&
        filter.profiles.empty()) {
      throw CLI::ValidationError("name a test, a configuration or a component, or say --all");
    }
    exit_code = ResolveCommand(*options).run();
  });
}

}  // namespace stepreg::tools
