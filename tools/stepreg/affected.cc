// stepreg affected: which tests a change affects.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <map>
#include <memory>

#include "base/text.h"
#include "common/options.h"
#include "query/affected.h"
#include "render/affected.h"
#include "stepreg/commands.h"
#include "stepreg/versions.h"

namespace stepreg::tools {

namespace {

enum class AffectedFormat { table, name, json, jsonl };

const std::map<std::string, AffectedFormat> kAffectedFormats = {{"table", AffectedFormat::table},
                                                                {"name", AffectedFormat::name},
                                                                {"json", AffectedFormat::json},
                                                                {"jsonl", AffectedFormat::jsonl}};

struct AffectedOptions {
  VersionOptions versions;
  AffectedFormat format = AffectedFormat::table;
};

std::string text_of(const query::Affected& affected, const render::ComparedVersions& versions,
                    AffectedFormat format) {
  switch (format) {
    case AffectedFormat::name:
      return render::affected_names(affected);
    case AffectedFormat::json:
      return render::affected_json(affected, versions);
    case AffectedFormat::jsonl:
      return render::affected_json_lines(affected, versions);
    case AffectedFormat::table:
      break;
  }
  return render::affected_table(affected);
}

void summarize(const query::Affected& affected, std::size_t problems) {
  std::size_t gone = 0;
  for (const query::AffectedTest& test : affected.tests) {
    gone += test.change == query::ChangeKind::deleted ? 1 : 0;
  }
  std::string text = counted(affected.tests.size(), "test") + " affected";
  if (gone > 0) text += ", " + std::to_string(gone) + " of them deleted";
  if (problems > 0) text += "; partial: " + counted(problems, "error") + " in the trees";
  std::fprintf(stderr, "%s\n", text.c_str());
}

int run(const AffectedOptions& options) {
  const SeverityTable severities(Profile::recommended);
  Sink sink(severities);
  Versions versions;
  if (!open_versions(options.versions, versions, sink)) return kUsage;
  const query::Affected affected = query::find_affected(versions.base, versions.head, sink);
  note_errors(sink, versions);
  const std::string& base = options.versions.base;
  const std::string text =
      text_of(affected, {base.empty() ? "HEAD" : base, options.versions.head, versions.problems},
              options.format);
  std::fwrite(text.data(), 1, text.size(), stdout);
  summarize(affected, versions.problems.size());
  return versions.problems.empty() ? kClean : kFindings;
}

}  // namespace

void add_affected(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<AffectedOptions>();
  CLI::App* command =
      app.add_subcommand("affected", "Name the tests that a change makes do something else");
  command->footer(
      "Compares what every test resolves to before and after. Comments, documentation, and "
      "changes\n"
      "that no test gets to see affect nothing. `-o name` leaves out tests that are deleted.\n"
      "Exit code 1 when errors in the trees make the answer partial.\n\n"
      "Examples:\n"
      "  stepreg affected                                what is not committed yet\n"
      "  stepreg affected --base origin/main             the same, and what the branch did\n"
      "  stepreg affected --base v1 --head v2 -o json    between two revisions, with reasons\n"
      "  stepreg affected --base main -o name | xargs -n1 stepreg resolve");
  command->add_option("-o,--output", options->format, "table, name, json or jsonl")
      ->transform(choice_of(kAffectedFormats))
      ->type_name("FORMAT");
  add_version_options(*command, options->versions);
  command->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace stepreg::tools
