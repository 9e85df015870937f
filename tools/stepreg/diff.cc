// stepreg diff: what differs between two plans, or between the plans of two versions.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <map>
#include <memory>

#include "base/fs.h"
#include "base/text.h"
#include "common/options.h"
#include "plan/effect.h"
#include "plan/json.h"
#include "query/version_pairs.h"
#include "render/plan_diff.h"
#include "stepreg/commands.h"
#include "stepreg/versions.h"

namespace stepreg::tools {

namespace {

enum class DiffFormat { table, json };

const std::map<std::string, DiffFormat> kDiffFormats = {{"table", DiffFormat::table},
                                                        {"json", DiffFormat::json}};

struct DiffOptions {
  VersionOptions versions;
  std::vector<std::string> arguments;
  DiffFormat format = DiffFormat::table;
};

bool names(const std::string& argument, const std::string& id, const std::string& config) {
  if (glob_match(argument, id)) return true;
  if (argument.find(':') == std::string::npos &&
      glob_match(argument, std::string_view(id).substr(0, id.rfind(':')))) {
    return true;
  }
  return config == argument || argument.ends_with("/" + config);
}

int print(const std::vector<render::TestDiff>& tests, const render::ComparedVersions& versions,
          DiffFormat format) {
  const std::string text = format == DiffFormat::json ? render::plan_diff_json(tests, versions)
                                                      : render::plan_diff_text(tests);
  std::fwrite(text.data(), 1, text.size(), stdout);
  return tests.empty() && versions.problems.empty() ? kClean : kFindings;
}

// Reads a plan; complains and returns false when there is none.
bool read_plan(const std::string& path, plan::Plan& plan) {
  const auto text = read_file(path, plan::kMaxPlanBytes);
  if (!text) {
    std::fprintf(stderr, "stepreg: %s\n", text.error().text.c_str());
    return false;
  }
  plan::Parsed parsed = plan::from_json(*text);
  for (const plan::Problem& problem : parsed.problems) {
    std::fprintf(stderr, "stepreg: %s: %s: %s\n", path.c_str(), problem.where.c_str(),
                 problem.text.c_str());
  }
  plan = std::move(parsed.plan);
  return parsed.problems.empty();
}

int diff_files(const DiffOptions& options) {
  plan::Plan before, after;
  if (!read_plan(options.arguments[0], before) || !read_plan(options.arguments[1], after)) {
    return kUsage;
  }
  std::vector<render::TestDiff> tests;
  query::PlanDiff diff = query::diff_plans(before, after);
  if (!diff.empty()) tests.push_back({after.job.id, query::ChangeKind::modified, std::move(diff)});
  return print(tests, {options.arguments[0], options.arguments[1], {}}, options.format);
}

// Does any test of the project have a wanted name?
bool has_wanted(const load::Project& project, const query::TestFilter& wanted, const Sink& sink) {
  bool found = false;
  load::map_configs<char>(
      project, project.config_paths, sink,
      [&](const load::LoadedConfig& config, Sink&) -> char {
        const auto& tests = config.config.tests;
        return std::any_of(tests.begin(), tests.end(), [&](const Located<TestEntry>& test) {
          return test->steps.present() && wanted(config.test_id(*test->as), config.path);
        });
      },
      [&](char has, Sink&&) { found |= has != 0; });
  return found;
}

struct OrderedDiff {
  std::string config;
  std::size_t order;
  render::TestDiff test;
};

std::vector<render::TestDiff> diffs_of(const Versions& versions, const query::TestFilter& wanted,
                                       Sink& sink) {
  std::vector<OrderedDiff> found;
  const query::Changes changes = query::changes_between(versions.base, versions.head);
  query::each_test_pair(
      versions.base, versions.head, changes, wanted, sink, [&](query::TestPair&& pair) {
        render::TestDiff test{pair.id, query::ChangeKind::modified, {}};
        if (!pair.before || !pair.after) {
          test.change = pair.before ? query::ChangeKind::deleted : query::ChangeKind::added;
        } else {
          test.diff = query::diff_plans(*pair.before, *pair.after);
          if (test.diff.empty()) return;
        }
        found.push_back({std::move(pair.config), pair.order, std::move(test)});
      });
  std::stable_sort(found.begin(), found.end(), [](const OrderedDiff& a, const OrderedDiff& b) {
    return std::tie(a.config, a.order) < std::tie(b.config, b.order);
  });
  std::vector<render::TestDiff> tests;
  for (OrderedDiff& each : found) tests.push_back(std::move(each.test));
  return tests;
}

int diff_versions(const DiffOptions& options) {
  const SeverityTable severities(Profile::recommended);
  Sink sink(severities);
  Versions versions;
  if (!open_versions(options.versions, versions, sink)) return kUsage;
  query::TestFilter wanted;
  if (!options.arguments.empty()) {
    wanted = [&options](const std::string& id, const std::string& config) {
      return std::any_of(options.arguments.begin(), options.arguments.end(),
                         [&](const std::string& each) { return names(each, id, config); });
    };
  }
  const std::vector<render::TestDiff> tests = diffs_of(versions, wanted, sink);
  note_errors(sink, versions);
  if (tests.empty() && wanted && !has_wanted(versions.head, wanted, sink) &&
      !has_wanted(versions.base, wanted, sink)) {
    std::fprintf(stderr, "stepreg: no multi-stage test is selected\n");
    return kNothingToDo;
  }
  const std::string& base = options.versions.base;
  return print(tests, {base.empty() ? "HEAD" : base, options.versions.head, versions.problems},
               options.format);
}

int run(const DiffOptions& options) {
  const bool of_versions = !options.versions.base.empty() || !options.versions.head.empty();
  const bool of_files = !of_versions && options.arguments.size() == 2 &&
                        path_exists(options.arguments[0]) && path_exists(options.arguments[1]) &&
                        !is_directory(options.arguments[0]);
  if (of_files) return diff_files(options);
  if (!of_versions) {
    std::fprintf(stderr, "stepreg: expected two plan files that exist, or tests and --base REV\n");
    return kUsage;
  }
  return diff_versions(options);
}

}  // namespace

void add_diff(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<DiffOptions>();
  CLI::App* command = app.add_subcommand("diff", "Show what differs between plans");
  command->footer(
      "Exit code 1 when something differs, as diff has it. Where values come from does not "
      "count.\n\n"
      "Examples:\n"
      "  stepreg diff old.json new.json                  two plans\n"
      "  stepreg diff acme/shop@main:e2e --base HEAD~1   one test, since that revision\n"
      "  stepreg diff --base v1 --head v2                all tests, between two revisions");
  command->add_option("arguments", options->arguments,
                      "Two plan files; or, with --base, ids of tests (with * and ?) or "
                      "configurations (default: all)");
  command->add_option("-o,--output", options->format, "table or json")
      ->transform(choice_of(kDiffFormats))
      ->type_name("FORMAT");
  add_version_options(*command, options->versions);
  command->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace stepreg::tools
